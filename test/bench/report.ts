/**
 * @file The tables of the benchmarks.
 */
import type { Accuracy } from "./accuracy.ts";
import type { Operation, Peer } from "./cases.ts";
import type { Measurement } from "./measure.ts";

export interface Row {
  readonly operation: Operation;
  /** By the peers' names. */
  readonly measurements: Record<string, Measurement>;
}

const labelWidth = 20;
const columnWidth = 12;
const none = "–";

/**
 * One shape's rows: milliseconds, and below them the ratio of each of ours to each other.
 *
 * @param byFastest Whether a peer is judged by its fastest run instead of its median one.
 */
export function timesTable(
  title: string,
  peers: readonly Peer[],
  rows: readonly Row[],
  byFastest: (peer: Peer) => boolean,
): string {
  const names = peers.map(({ name }) => name);
  const lines = [`\n${title}`, line("", names)];
  const reasons: string[] = [];
  for (const { operation, measurements } of rows) {
    const times = peers.map((peer) => timeOf(measurements[peer.name], byFastest(peer)));
    lines.push(line(`${operation}, ms`, times.map(milliseconds)));
    for (const ours of names.filter((name) => name.startsWith("ours"))) {
      const mine = times[names.indexOf(ours)];
      const ratios = times.map((theirs, i) =>
        names[i].startsWith("ours") || mine === null || theirs === null
          ? ""
          : significant(mine / theirs),
      );
      lines.push(line(`  ${ours} / peer`, ratios));
    }
    for (const name of names) {
      const measurement = measurements[name];
      if (measurement && "missing" in measurement) {
        reasons.push(`${none} ${name}, ${operation}: ${measurement.missing}`);
      }
    }
  }
  return [...lines, ...reasons].join("\n");
}

export function accuracyTable(names: readonly string[], rows: readonly Accuracy[]): string {
  const lines = ["\nLargest relative error of a channel's variance, float32 (30, 32, 32, 64)"];
  lines.push(line("", names, 30));
  for (const { input, errors } of rows) {
    const cells = names.map((name) => {
      const found = errors[name];
      return found && "error" in found ? found.error.toExponential(1) : none;
    });
    lines.push(line(input, cells, 30));
  }
  return lines.join("\n");
}

function timeOf(measurement: Measurement | undefined, fastest: boolean): number | null {
  if (!measurement || "missing" in measurement) return null;
  return fastest ? measurement.fastest : measurement.median;
}

function line(label: string, cells: readonly string[], width = labelWidth + 6): string {
  return (label.padEnd(width) + cells.map((cell) => cell.padStart(columnWidth)).join("")).trimEnd();
}

function milliseconds(value: number | null): string {
  return value === null ? none : significant(value);
}

function significant(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toFixed(digits);
}
