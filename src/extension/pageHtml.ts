/**
 * @file The text of a webview's page and the policy that it is under.
 */

export interface PageParts {
  readonly language: string;
  /** Different for each page that is made. */
  readonly nonce: string;
  /** The editor's name for its own files, as policies have it. */
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
}

/** One script, which knows the nonce, style sheets of ours, and nothing from anywhere else. */
export function pageHtml({ language, nonce, cspSource, script, styles }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    // A table that is saved as PNG is drawn from its own SVG.
    "img-src data:",
  ].join("; ");
  const links = styles.map((href) => `<link rel="stylesheet" href="${href}">`);
  return `<!DOCTYPE html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    ${links.join("\n    ")}
  </head>
  <body>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
