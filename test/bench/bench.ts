/**
 * @file `npm run bench`: the engine beside its peers and beside the memory's own speed.
 *
 * `--quick` measures fewer rounds, `--accuracy` no times at all, and `--json` prints JSON.
 * `--fastest` tabulates each peer's fastest run in place of its median one: on a machine that others
 * use too, medians of several threads say little, since each waits for the one that was put aside.
 * `--shape`, `--operation` and `--peer` restrict what is measured to the names that their words are
 * found in and may be repeated; the engine is never left out. `--peer` takes several by commas.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { accuracy } from "./accuracy.ts";
import { bandwidth } from "./bandwidth.ts";
import { operations, type Peer, release, shapeName, shapes, uniformData } from "./cases.ts";
import { type Budget, measure } from "./measure.ts";
import { ours } from "./ours.ts";
import { installPackages } from "./packages.ts";
import { jax } from "./peers/jax.ts";
import { onnx } from "./peers/onnx.ts";
import { numpy, pytorch } from "./peers/python.ts";
import { tensorflow } from "./peers/tensorflow.ts";
import { accuracyTable, type Row, timesTable } from "./report.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    accuracy: { type: "boolean", default: false },
    fastest: { type: "boolean", default: false },
    shape: { type: "string", multiple: true, default: [] },
    operation: { type: "string", multiple: true, default: [] },
    peer: { type: "string", multiple: true, default: [] },
  },
});

const budget: Budget = options.quick ? { rounds: 5, longest: 500 } : { rounds: 15, longest: 3000 };

process.once("SIGINT", () => process.exit(130));

/** In the order of the columns; each maker throws where its peer is not to be had. */
const makers: Record<string, () => Promise<Peer> | Peer> = {
  ours: () => ours(1),
  "ours ×2": () => ours(2),
  "TF.js": tensorflow,
  "jax-js": jax,
  "ONNX web": () => onnx(1),
  "ONNX web ×2": () => onnx(2),
  NumPy: numpy,
  PyTorch: () => pytorch(1),
  "PyTorch ×2": () => pytorch(2),
  memory: async () => (await limits())[0],
  "memory ×2": async () => (await limits())[1],
};

let bandwidthPeers: Promise<Peer[]> | undefined;

function limits(): Promise<Peer[]> {
  bandwidthPeers ??= bandwidth();
  return bandwidthPeers;
}

/** Whether one of the words is in the text, however they are spaced. */
function chosen(text: string, words: readonly string[]): boolean {
  const plain = (value: string) => value.replaceAll(/[ ()]/g, "").toLowerCase();
  return words.length === 0 || words.some((word) => plain(text).includes(plain(word)));
}

async function makePeers(): Promise<Peer[]> {
  const words = options.peer.flatMap((value) => value.split(","));
  const names = Object.keys(makers).filter((name) => /^ours/.test(name) || chosen(name, words));
  const unknown = words.filter((word) => !Object.keys(makers).some((name) => chosen(name, [word])));
  if (unknown.length > 0) {
    note(`No peer is named ${unknown.join(" or ")}; there are ${Object.keys(makers).join(", ")}`);
  }
  try {
    if (names.some((name) => /js$|^ONNX/.test(name))) installPackages();
  } catch (error) {
    note(`The peers of test/bench cannot be installed: ${error}`);
  }
  const peers: Peer[] = [];
  for (const name of names) {
    try {
      peers.push(await makers[name]());
    } catch (error) {
      note(`${name} is left out: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    }
  }
  return peers;
}

function note(text: string): void {
  console.error(text);
}

function print(text: string): void {
  if (!options.json) console.log(text);
}

const peers = await makePeers();
const machine = [
  cpus()[0]?.model ?? "unknown processor",
  `${availableParallelism()} cores`,
  `load ${loadavg()[0].toFixed(1)} at the start`,
  `Node ${process.version}`,
].join(", ");
print(machine);
for (const { name, version } of peers) print(`${name.padEnd(12)}${version}`);

const tables: { shape: string; rows: Row[] }[] = [];
for (const shape of options.accuracy ? [] : shapes) {
  const title = shapeName(shape);
  if (!chosen(title, options.shape)) continue;
  const data = uniformData(shape);
  const rows: Row[] = [];
  for (const operation of operations) {
    if (!chosen(operation, options.operation)) continue;
    const found = await measure(peers, operation, data, budget);
    rows.push({ operation, measurements: Object.fromEntries(found) });
  }
  release(data);
  tables.push({ shape: title, rows });
  print(timesTable(title, peers, rows, ({ limit }) => options.fastest || limit === true));
}
const measured = peers.filter(({ name }) => !name.startsWith("memory"));
const errors = await accuracy(measured);
print(
  accuracyTable(
    measured.map(({ name }) => name),
    errors,
  ),
);
if (options.json) {
  const versions = Object.fromEntries(peers.map(({ name, version }) => [name, version]));
  console.log(JSON.stringify({ machine, peers: versions, tables, accuracy: errors }, null, 2));
}
for (const peer of peers) peer.close?.();
