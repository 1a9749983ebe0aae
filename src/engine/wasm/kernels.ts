/**
 * @file What the compiled kernels export. Addresses are of bytes in the kernels' memory.
 */

type RowSums = (
  x: number,
  rows: number,
  stride: number,
  columns: number,
  shift: number,
  sums: number,
  squares: number,
) => void;

export interface Kernels {
  readonly sumRows: RowSums;
  readonly sumRowsExactly: RowSums;
  readonly sumRows64: RowSums;
}
