/**
 * @file The stable codes of what can be wrong with a use of batch normalization, each with the
 * severity that it has until the settings say otherwise. A code is never renamed: settings and
 * `# bnlab: ignore[code]` comments carry it.
 */

export const severities = ["error", "warning", "information", "hint", "off"] as const;

export type Severity = (typeof severities)[number];

export const codes = {
  "unknown-argument": "error",
  "repeated-argument": "error",
  "removed-argument": "information",
  "argument-type": "error",
  "argument-range": "warning",
  "unknown-object": "error",
  "pytorch-momentum": "warning",
  "axis-list": "information",
  "axis-data-format": "warning",
  "bias-before-batch-norm": "hint",
  "scale-before-linear": "hint",
  "missing-training": "warning",
  "trainable-after-compile": "warning",
  "unused-layer": "warning",
  "missing-parentheses": "error",
  "tensor-as-argument": "error",
  "batch-size-one": "information",
  "mask-rank": "error",
  "synchronized-backend": "error",
  "renorm-clipping": "error",
  "set-weights-order": "warning",
} as const satisfies Record<string, Severity>;

export type Code = keyof typeof codes;

export function isCode(text: string): text is Code {
  return Object.hasOwn(codes, text);
}
