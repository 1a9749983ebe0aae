/** @file The language of the documentation: the editor's, or the one that was chosen. */
import * as vscode from "vscode";
import { type Language, languageOf, otherLanguage } from "../keras/languages.ts";
import { type CodePlace, showPlace } from "./codePlace.ts";
import { commands, settings } from "./identity.ts";

export function documentationLanguage(): Language {
  const chosen = vscode.workspace.getConfiguration().get<string>(settings.documentationLanguage);
  return chosen === "en" || chosen === "zh-cn" ? chosen : languageOf(vscode.env.language);
}

/** The command behind "中文" and "English": switches, and shows the hover it came from again. */
export function registerDocumentationLanguage(): vscode.Disposable {
  return vscode.commands.registerCommand(
    commands.switchDocumentationLanguage,
    async (place?: CodePlace) => {
      await vscode.workspace
        .getConfiguration()
        .update(
          settings.documentationLanguage,
          otherLanguage(documentationLanguage()),
          vscode.ConfigurationTarget.Global,
        );
      if (place && (await showPlace(place)))
        await vscode.commands.executeCommand("editor.action.showHover", { focus: "noAutoFocus" });
    },
  );
}
