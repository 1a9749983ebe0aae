import { deepEqual, equal } from "node:assert/strict";
import type { VariableRow } from "../../src/shared/inspection.ts";
import { inspectionStringsFor } from "../../src/shared/inspectionStrings.ts";
import {
  bytesText,
  descriptionOf,
  momentsText,
  sortedRows,
} from "../../src/shared/variableTexts.ts";

const plain: VariableRow = {
  label: "v",
  kind: "other",
  type: "NoneType",
  shape: null,
  dtype: null,
  bytes: null,
  length: null,
  preview: "None",
  changedArguments: null,
  built: null,
  hasChannels: false,
  parts: 0,
  summary: null,
  path: { name: "v", steps: [] },
};
const words = inspectionStringsFor("en");

describe("a variable's row in words", () => {
  it("says a tensor's shape first, then dtype, memory, mean and standard deviation", () => {
    const summary = { mean: 5.0019, std: 1.99977, min: -5, max: 15, nanCount: 0, infCount: 0 };
    const row: VariableRow = {
      ...plain,
      kind: "tensor",
      type: "ndarray",
      shape: [30, 32, 32, 64],
      dtype: "float32",
      bytes: 7_864_320,
      preview: null,
    };
    equal(descriptionOf(row, words), "(30, 32, 32, 64) · float32 · 7.5 MiB · ndarray");
    equal(
      descriptionOf({ ...row, summary }, words),
      "(30, 32, 32, 64) · float32 · 7.5 MiB · 5.002 ± 2.000 · ndarray",
    );
  });

  it("says a layer's arguments that are not at their defaults, a container's length", () => {
    const layer = { ...plain, kind: "layer", type: "BatchNormalization", built: false } as const;
    equal(descriptionOf(layer, words), "not built · BatchNormalization");
    equal(
      descriptionOf(
        {
          ...layer,
          changedArguments: [
            ["axis", "1"],
            ["name", "'a'"],
          ],
        },
        words,
      ),
      "axis=1, name='a' · not built · BatchNormalization",
    );
    const list = {
      ...plain,
      kind: "container",
      type: "list",
      length: 1200,
      preview: "[…]",
    } as const;
    equal(descriptionOf(list, words), "[…] · 1,200 items · list");
    equal(
      descriptionOf({ ...list, length: 1 }, inspectionStringsFor("zh-CN")),
      "[…] · 1 项 · list",
    );
  });

  it("aligns mean and standard deviation where they are of a size", () => {
    const moments = (mean: number, std: number) =>
      momentsText({ mean, std, min: 0, max: 0, nanCount: 0, infCount: 0 });
    equal(moments(-1.1e-8, 0.99994), "0.0000 ± 0.9999");
    equal(moments(-12.5, 0.0123), "\u221212.500 ± 0.012");
    equal(moments(1.29989, 0.0036), "1.2999 ± 0.0036");
    equal(moments(100, 1e-7), "100 ± 1e-07");
    equal(moments(1, 0), "1 ± 0");
    equal(moments(Number.NaN, Number.NaN), "NaN ± NaN");
    equal(moments(2e9, 3e-9), "2e+09 ± 3e-09");
  });

  it("writes memory in binary units", () => {
    deepEqual([0, 1023, 1024, 1536, 200 * 1024, 2 ** 30].map(bytesText), [
      "0 B",
      "1023 B",
      "1 KiB",
      "1.5 KiB",
      "200 KiB",
      "1 GiB",
    ]);
  });

  it("sorts by name as people count, by size the largest first, by type and name", () => {
    const rows = [
      { ...plain, label: "x10", type: "ndarray", bytes: 8 },
      { ...plain, label: "X2", type: "ndarray", bytes: 16 },
      { ...plain, label: "a", type: "int" },
    ];
    const labels = (order: Parameters<typeof sortedRows>[1]) =>
      sortedRows(rows, order).map(({ label }) => label);
    deepEqual(labels("definition"), ["x10", "X2", "a"]);
    deepEqual(labels("name"), ["a", "X2", "x10"]);
    deepEqual(labels("type"), ["a", "X2", "x10"]);
    deepEqual(labels("size"), ["X2", "x10", "a"]);
  });
});
