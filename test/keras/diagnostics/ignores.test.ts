import { deepEqual, equal } from "node:assert/strict";
import { problemsIn, spans } from "./assertions.ts";

describe("# bnlab: ignore", () => {
  const call = "bn = BatchNormalization(momentum=0.1)";

  /** The comment keeps the problem quiet, or does not. */
  function assertIgnored(text: string, expected: boolean): void {
    equal(spans("pytorch-momentum", text).length, expected ? 0 : 1, text);
  }

  it("holds on its line and from the line above", () => {
    assertIgnored(`${call}  # bnlab: ignore`, true);
    assertIgnored(`# bnlab: ignore[pytorch-momentum]\n${call}`, true);
    assertIgnored(
      `bn = BatchNormalization(\n  momentum=0.1,  # bnlab:ignore[pytorch-momentum]\n)`,
      true,
    );
    assertIgnored(`${call}  # bnlab: ignore[axis-list, pytorch-momentum]`, true);
  });

  it("holds for the named codes, and not behind another line's code", () => {
    assertIgnored(`${call}  # bnlab: ignore[axis-list]`, false);
    assertIgnored(`a = 1  # bnlab: ignore\n${call}`, false);
    assertIgnored(`# bnlab: ignore\n\n${call}`, false);
  });
});

describe("files without the layer", () => {
  it("are not parsed", () => {
    const text = "model.fit(x, batch_size=1)\nbn.set_weights([var, mean])";
    deepEqual(problemsIn(text), []);
  });
});
