/**
 * @file The kernels of the engine, in AssemblyScript, compiled to WebAssembly with SIMD and shared
 * memory by `build.mjs`. Floating-point arithmetic is IEEE's, step by step, so that the plain
 * kernels beside them give the same bits.
 */
export * from "./affine";
export * from "./conversions";
export * from "./elementwise";
export * from "./extremes";
export * from "./gradients";
export * from "./half";
export * from "./histogram";
export * from "./mersenneTwister";
export * from "./moments";
export * from "./random";
export * from "./reductions";
