/**
 * @file The page of a webview: one script, style sheets, and nothing from anywhere else.
 */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/**
 * Fills a webview with a bundle of `dist` and style sheets of `media`, under a strict policy.
 * @param script The bundle's file name.
 */
export function webviewPage(
  webview: vscode.Webview,
  extension: vscode.Uri,
  script: string,
  styles: readonly string[],
): void {
  const dist = vscode.Uri.joinPath(extension, "dist");
  const media = vscode.Uri.joinPath(extension, "media");
  webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
  const nonce = randomBytes(16).toString("base64url");
  const source = webview.asWebviewUri(vscode.Uri.joinPath(dist, script));
  const links = styles.map((style) => {
    const href = webview.asWebviewUri(vscode.Uri.joinPath(media, style));
    return `<link rel="stylesheet" href="${href}">`;
  });
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    // A table that is saved as PNG is drawn from its own SVG.
    "img-src data:",
  ].join("; ");
  webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    ${links.join("\n    ")}
  </head>
  <body>
    <script nonce="${nonce}" src="${source}"></script>
  </body>
</html>`;
}
