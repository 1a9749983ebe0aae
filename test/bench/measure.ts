/**
 * @file Measures peers in turn, round after round, so that whatever else the machine does at the
 * time hits them all alike.
 */
import type { Cell, Data, Operation, Peer } from "./cases.ts";
import { agrees, reference } from "./reference.ts";

export interface Budget {
  readonly rounds: number;
  /** A peer whose runs have lasted so many milliseconds takes part in no further round. */
  readonly longest: number;
}

/** Milliseconds of all runs; or why there are none. */
export type Measurement =
  | { readonly median: number; readonly fastest: number; readonly runs: number }
  | { readonly missing: string };

/** A turn lasts about so many milliseconds where a single run does not last longer. */
const turn = 12;
const mostRunsPerTurn = 20;
/** Runs shorter than this are preceded by one that is not counted, to fetch data and code. */
const worthWarming = 150;

/** By the peers' names. */
export async function measure(
  peers: readonly Peer[],
  operation: Operation,
  data: Data,
  budget: Budget,
): Promise<Map<string, Measurement>> {
  const found = new Map<string, Measurement>();
  const runners: Runner[] = [];
  const expected = reference(operation, data);
  for (const peer of peers) {
    let cell: Cell | undefined;
    try {
      cell = await peer.prepare(operation, data);
      const start = performance.now();
      const results = await cell.results();
      const first = performance.now() - start;
      if (!peer.limit && !agrees(operation, results, expected)) {
        throw new Error("its results are wrong");
      }
      runners.push({ peer, cell, estimate: await warm(cell, first), times: [] });
    } catch (error) {
      cell?.dispose();
      found.set(peer.name, { missing: error instanceof Error ? error.message : String(error) });
    }
  }
  for (let round = 0; round < budget.rounds; round++) {
    for (const { cell, estimate, times } of runners) {
      if (times.reduce((a, b) => a + b, 0) > budget.longest) continue;
      const runs = Math.max(1, Math.min(mostRunsPerTurn, Math.round(turn / estimate)));
      if (estimate < worthWarming) await cell.time(1);
      times.push(...(await cell.time(runs)));
    }
  }
  for (const { peer, cell, times } of runners) {
    const fastest = Math.min(...times);
    found.set(peer.name, { median: median(times), fastest, runs: times.length });
    cell.dispose();
  }
  return found;
}

interface Runner {
  readonly peer: Peer;
  readonly cell: Cell;
  readonly estimate: number;
  readonly times: number[];
}

/**
 * Runs until the engine beneath has compiled, a third of a second at most; what a run lasts then.
 * One that lasted long the first time is not warmed: little of it was compilation.
 */
async function warm(cell: Cell, first: number): Promise<number> {
  if (first > 2000) return first;
  let estimate = 0;
  for (let spent = 0, runs = 0; spent < 300 && runs < 30; runs++) {
    [estimate] = await cell.time(1);
    spent += estimate;
  }
  return estimate;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
