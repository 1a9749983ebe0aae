/** @file Hints beside the code: channels and values of a call, PyTorch's momentum. */
import * as vscode from "vscode";
import { type InlayHintText, inlayHintsIn } from "../keras/inlayHints.ts";
import { commandLink } from "./codePlace.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { linkedMarkdown, openSettings } from "./hover.ts";
import { settings } from "./identity.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { earlierCells, sourceFile } from "./sourceFiles.ts";

const switches = {
  channels: settings.channelHints,
  torchMomentum: settings.torchMomentumHints,
} as const;

export function registerInlayHints(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const ours = [...Object.values(switches), settings.documentationLanguage];
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (ours.some((name) => event.affectsConfiguration(name))) changed.fire();
    }),
    vscode.languages.registerInlayHintsProvider(pythonDocuments, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints(document, range) {
        const configuration = vscode.workspace.getConfiguration(undefined, document);
        const isOn = ({ kind }: InlayHintText) => configuration.get(switches[kind], true);
        return inlayHintsIn(
          sourceFile(document),
          { from: document.offsetAt(range.start), to: document.offsetAt(range.end) },
          documentationLanguage(),
          earlierCells(document),
        )
          .filter(isOn)
          .map((hint) => hintAt(document.positionAt(hint.offset), hint));
      },
    }),
  );
}

function hintAt(position: vscode.Position, { kind, text, tooltip }: InlayHintText) {
  const hint = new vscode.InlayHint(position, text, vscode.InlayHintKind.Type);
  hint.paddingLeft = true;
  const off = vscode.l10n.t("Turn these hints off");
  const link = `[$(gear) ${off}](${commandLink(openSettings, switches[kind])})`;
  hint.tooltip = linkedMarkdown(`${tooltip}\n\n${link}`);
  return hint;
}
