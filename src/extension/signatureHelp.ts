/** @file The signature of `BatchNormalization` and its calls while their arguments are typed. */
import * as vscode from "vscode";
import { signatureAt } from "../keras/signatureHelp.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { linkedMarkdown } from "./hover.ts";
import { keepInFront } from "./inFront.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { earlierCells, sourceFile } from "./sourceFiles.ts";

export function registerSignatureHelp(): vscode.Disposable {
  return keepInFront((used) =>
    vscode.languages.registerSignatureHelpProvider(
      pythonDocuments,
      {
        provideSignatureHelp(document, position) {
          const help = signatureHelpAt(document, position);
          if (help) used();
          return help;
        },
      },
      { triggerCharacters: ["(", ","], retriggerCharacters: ["=", ")"] },
    ),
  );
}

function signatureHelpAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.SignatureHelp | undefined {
  const found = signatureAt(
    sourceFile(document),
    document.offsetAt(position),
    documentationLanguage(),
    earlierCells(document),
  );
  if (!found) return undefined;
  const signature = new vscode.SignatureInformation(found.label, linkedMarkdown(found.markdown));
  signature.parameters = found.parameters.map(
    ({ span: { from, to }, markdown }) =>
      new vscode.ParameterInformation([from, to], linkedMarkdown(markdown)),
  );
  const help = new vscode.SignatureHelp();
  help.signatures = [signature];
  help.activeSignature = 0;
  // Beyond the last parameter none is marked.
  help.activeParameter = found.active ?? found.parameters.length;
  return help;
}
