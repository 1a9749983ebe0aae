/**
 * @file Compiles the kernels of this folder to WebAssembly and writes them, as base64, into a module
 * that the engine imports: `node src/engine/kernels/build.mjs`. Does nothing where the module is
 * newer than its sources.
 */
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../wasm/binary.ts", import.meta.url));

async function upToDate() {
  const built = await stat(target).catch(() => null);
  if (!built) return false;
  const names = await readdir(folder);
  const sources = await Promise.all(names.map((name) => stat(`${folder}${name}`)));
  return sources.every(({ mtimeMs }) => mtimeMs < built.mtimeMs);
}

async function build() {
  const { error, stderr, binary } = await compile();
  if (error) throw new Error(`${stderr}\n${error.message}`);
  const text = Buffer.from(binary).toString("base64");
  await mkdir(new URL("../wasm/", import.meta.url), { recursive: true });
  await writeFile(
    target,
    `/** @file The kernels, compiled from \`src/engine/kernels\`. Generated: do not edit. */\nexport const binary =\n  "${text}";\n`,
  );
  console.log(`Kernels: ${binary.length} bytes of WebAssembly`);
}

async function compile() {
  let binary = new Uint8Array();
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      "index.ts",
      ...["--baseDir", folder, "--outFile", "kernels.wasm", "--runtime", "stub", "--noAssert"],
      ...["--optimizeLevel", "3", "--shrinkLevel", "0"],
      ...["--enable", "simd", "--enable", "threads", "--enable", "bulk-memory"],
      // Shared by all threads; addresses below `memoryBase` belong to the kernels' constants.
      ...["--importMemory", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", "65536"],
    ],
    {
      stdout: asc.createMemoryStream(),
      stderr,
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  return { error, stderr: stderr.toString(), binary };
}

if (!(await upToDate())) await build();
