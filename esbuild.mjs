// Builds the bundles that ship, one list and one loop. Types are checked before, by `tsc -b`.
// `--watch` rebuilds on change; `--production` minifies and leaves source maps out.
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");

const node = { platform: "node", format: "cjs", target: "node20" };
const browser = { platform: "browser", format: "esm", target: "es2022" };

/** Leaves a module that is imported on demand to its own bundle in the same folder. */
function bundledBeside(module) {
  return {
    name: "bundled-beside",
    setup(build) {
      build.onResolve({ filter: /^\.\/features\.ts$/ }, ({ path, kind }) =>
        path === module && kind === "dynamic-import"
          ? { path: path.replace(/\.ts$/, ".js"), external: true }
          : undefined,
      );
    },
  };
}

const bundles = [
  {
    entryPoints: { extension: "src/extension/extension.ts" },
    external: ["vscode", "./features.js"],
    plugins: [bundledBeside("./features.ts")],
    supported: { "dynamic-import": false },
    ...node,
  },
  { entryPoints: { features: "src/extension/features.ts" }, external: ["vscode"], ...node },
  { entryPoints: { kernelWorker: "src/extension/kernelWorker.ts" }, ...node },
  { entryPoints: { replicaWorker: "src/extension/replicaWorker.ts" }, ...node },
  { entryPoints: { engineThread: "src/extension/engineThread.ts" }, ...node },
  { entryPoints: { cli: "src/cli/cli.ts" }, ...node },
  {
    entryPoints: { renderer: "src/renderer/renderer.ts" },
    ...browser,
    // What is imported on demand lies beside the renderer, always by the same name.
    splitting: true,
    chunkNames: "renderer-[name]",
  },
  { entryPoints: { panel: "src/webview/panel.ts" }, ...browser, format: "iife" },
  { entryPoints: { reference: "src/webview/reference.ts" }, ...browser, format: "iife" },
  {
    entryPoints: { playground: "src/webview/playground/playground.ts" },
    ...browser,
    format: "iife",
  },
];

/** Prints what VS Code's problem matcher for esbuild reads. */
const problemMatcher = {
  name: "problem-matcher",
  setup(build) {
    build.onStart(() => console.log("[watch] build started"));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log("[watch] build finished");
    });
  },
};

const options = {
  bundle: true,
  outdir: "dist",
  minify: production,
  sourcemap: production ? false : "linked",
  // The renderer carries the stylesheet as text into its shadow trees.
  loader: { ".css": "text" },
  legalComments: "none",
  logLevel: "warning",
};

for (const bundle of bundles) {
  if (watch) {
    const context = await esbuild.context({
      ...options,
      ...bundle,
      plugins: [...(bundle.plugins ?? []), problemMatcher],
    });
    await context.watch();
  } else {
    await esbuild.build({ ...options, ...bundle });
  }
}
