/**
 * @file How exact each peer's variances are where single precision makes it hard.
 */
import { type Data, normalData, type Peer, release, type Shape } from "./cases.ts";
import { relativeError } from "./reference.ts";

const shape: Shape = { shape: [30, 32, 32, 64], axis: -1 };

/** Data by their names. */
const inputs: Record<string, () => Data> = {
  "mean 1e4, std 1e-2": () => normalData(shape, 1e4, 1e-2),
  "mean 0, std 1, first row 1e6": () => normalData(shape, 0, 1, 1e6),
};

export interface Accuracy {
  readonly input: string;
  /** The largest relative error over the channels, by the peers' names. */
  readonly errors: Record<string, { readonly error: number } | { readonly missing: string }>;
}

export async function accuracy(peers: readonly Peer[]): Promise<Accuracy[]> {
  const found: Accuracy[] = [];
  for (const [input, make] of Object.entries(inputs)) {
    const data = make();
    const errors: Accuracy["errors"] = {};
    for (const peer of peers) {
      try {
        const cell = await peer.prepare("moments", data);
        errors[peer.name] = { error: relativeError(await cell.results(), data.variance) };
        cell.dispose();
      } catch (error) {
        errors[peer.name] = { missing: error instanceof Error ? error.message : String(error) };
      }
    }
    release(data);
    found.push({ input, errors });
  }
  return found;
}
