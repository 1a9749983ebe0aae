import assert from "node:assert/strict";
import { build } from "esbuild";

/** Bytes of the notebook renderer as it is shipped, without what it loads on demand. */
const most = 150_000;

describe("the renderer's bundle", () => {
  it("is under 150 KB and brings the plots only when they are asked for", async () => {
    const { metafile } = await build({
      entryPoints: { renderer: "src/renderer/renderer.ts" },
      bundle: true,
      minify: true,
      splitting: true,
      platform: "browser",
      format: "esm",
      target: "es2022",
      loader: { ".css": "text" },
      outdir: "dist",
      legalComments: "none",
      metafile: true,
      write: false,
    });
    const outputs = metafile.outputs;
    const atOnce = new Set<string>();
    const add = (path: string) => {
      if (atOnce.has(path)) return;
      atOnce.add(path);
      for (const { path: other, kind } of outputs[path]!.imports) {
        if (kind === "import-statement") add(other);
      }
    };
    add(Object.keys(outputs).find((path) => path.endsWith("renderer.js"))!);
    const size = [...atOnce].reduce((sum, path) => sum + outputs[path]!.bytes, 0);
    assert.ok(size < most, `${size} bytes`);
    const inputs = [...atOnce].flatMap((path) => Object.keys(outputs[path]!.inputs));
    assert.ok(!inputs.some((path) => /uplot.*js$/i.test(path)));
  });
});
