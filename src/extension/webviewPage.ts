/**
 * @file The page of a webview: one script, style sheets, and nothing from anywhere else.
 */
import * as vscode from "vscode";
import { pageHtml } from "./pageHtml.ts";

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
  const address = (folder: vscode.Uri, name: string) =>
    String(webview.asWebviewUri(vscode.Uri.joinPath(folder, name)));
  webview.html = pageHtml({
    language: vscode.env.language,
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url"),
    cspSource: webview.cspSource,
    script: address(dist, script),
    styles: styles.map((style) => address(media, style)),
  });
}
