/**
 * @file What the threads of bandwidth.ts have in common.
 */
export const kernelNames = ["read", "copy", "move", "merge"] as const;
export type Kernel = (typeof kernelNames)[number];
export type Kernels = Record<Kernel, (a: number, b: number, out: number, bytes: number) => void>;

/** Where things are in the integers that the threads share. */
export const state = { sequence: 0, done: 1, count: 2, passes: 3, length: 64 };

/** Passes as integers, five each: a kernel's number and its arguments. */
export function runPasses(kernels: Kernels, codes: ArrayLike<number>): void {
  for (let i = 0; i < codes.length; i += 5) {
    const kernel = kernels[kernelNames[codes[i]]];
    kernel(codes[i + 1], codes[i + 2], codes[i + 3], codes[i + 4]);
  }
}
