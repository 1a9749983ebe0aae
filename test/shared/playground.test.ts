/**
 * What the playground is set to, as the Python that it means.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  callLine,
  defaultPlayground,
  distributions,
  inputDTypes,
  type PlaygroundState,
  playgroundCells,
  playgroundScript,
  readPlayground,
} from "../../src/shared/playground.ts";
import { run } from "../kernel/kerasCells.ts";

const set = (change: Partial<PlaygroundState>): PlaygroundState => ({
  ...defaultPlayground,
  ...change,
});

const input = (change: object): PlaygroundState =>
  set({ input: { ...defaultPlayground.input, ...change } as PlaygroundState["input"] });

function assertScript(state: PlaygroundState, ...expected: string[]): void {
  const [, , , ...lines] = playgroundScript(state).trimEnd().split("\n");
  assert.deepEqual(lines, expected);
}

/** Settings as the controls make them, of tensors small enough to run many. */
const states: fc.Arbitrary<PlaygroundState> = fc
  .record({
    layer: fc.record(
      {
        axis: fc.constantFrom("1", "-1", "0"),
        momentum: fc.constantFrom("0.9", "0"),
        scale: fc.constantFrom("True", "False"),
        gamma_initializer: fc.constant("keras.initializers.Constant(2.0)"),
      },
      { requiredKeys: [] },
    ),
    input: fc.record({
      kind: fc.constant("generated" as const),
      shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
      distribution: fc.constantFrom(...distributions),
      mean: fc.double({ min: -9, max: 9, noNaN: true }),
      std: fc.double({ min: 0, max: 9, noNaN: true }),
      channelSpread: fc.constantFrom(0, 2.5),
      dtype: fc.constantFrom(...inputDTypes),
      seed: fc.nat(1000),
    }),
    steps: fc.integer({ min: 1, max: 4 }),
    training: fc.boolean(),
  })
  .map((fields) => ({ version: 1 as const, ...fields }));

describe("the playground's Python", () => {
  it("is the worked example by default", () => {
    assertScript(
      defaultPlayground,
      "rng = np.random.default_rng(0)",
      "centers = rng.normal(5, 3, size=64)",
      'x = rng.normal(centers, 2, size=(30, 32, 32, 64)).astype("float32")',
      "",
      "bn = layers.BatchNormalization()",
      "y = bn(x, training=True)",
    );
  });

  it("draws a batch for each training call, and shows the last one's output", () => {
    assertScript(
      set({
        steps: 5,
        layer: { momentum: "0.9" },
        input: { ...input({ channelSpread: 0 }).input },
      }),
      "rng = np.random.default_rng(0)",
      'x = rng.normal(5, 2, size=(30, 32, 32, 64)).astype("float32")',
      "",
      "bn = layers.BatchNormalization(momentum=0.9)",
      "for _ in range(4):",
      "    bn(x, training=True)",
      '    x = rng.normal(5, 2, size=(30, 32, 32, 64)).astype("float32")',
      "y = bn(x, training=True)",
    );
  });

  it("calls once more for inference", () => {
    const lines = playgroundScript(set({ training: false }))
      .trimEnd()
      .split("\n");
    assert.deepEqual(lines.slice(-2), ["bn(x, training=True)", "y = bn(x, training=False)"]);
    assert.ok(!playgroundScript(set({ training: false, steps: 0 })).includes("training=True"));
  });

  it("reads files and takes over variables by name", () => {
    const file = { kind: "file", uri: "file:///a/x.npy", path: 'da"ta/x.npy' } as const;
    assert.ok(playgroundScript(set({ input: file })).includes('x = np.load("da\\"ta/x.npy")\n'));
    const variable = { kind: "variable", notebook: "file:///n.ipynb", name: "features" } as const;
    assert.ok(playgroundScript(set({ input: variable })).includes("x = features\n"));
  });

  it("runs whatever the controls are set to, as a script and as cells", () => {
    fc.assert(
      fc.property(states, (state) => {
        const script = `${playgroundScript(state)}print(y.shape == x.shape, x.dtype)`;
        const { error, printed } = run(script);
        assert.equal(error, null, script);
        assert.match(printed, /^True float\d\d\n$/);
        assert.equal(run(...playgroundCells(state)).error, null);
        assert.ok(script.includes(callLine(state)));
      }),
      { numRuns: 25 },
    );
  });
});

describe("a saved playground", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(states, (state) => {
        const saved = JSON.parse(JSON.stringify(state));
        assert.deepEqual(readPlayground(saved), saved);
      }),
    );
  });

  const assertDefault = (what: string, saved: unknown) =>
    it(`is the default one where ${what}`, () => {
      assert.equal(readPlayground(saved), defaultPlayground);
    });

  assertDefault("there is none", undefined);
  assertDefault("it is of another version", { ...defaultPlayground, version: 2 });
  assertDefault("an argument is no source", set({ layer: { axis: 1 as never } }));
  assertDefault("an argument spans lines", set({ layer: { axis: "1\nimport os" } }));
  assertDefault("a name is no name", set({ layer: { "axis=1, x": "2" } }));
  assertDefault("the tensor is too large", input({ shape: [1000, 1000, 1000] }));
  assertDefault("a length is no count", input({ shape: [30, -1] }));
  assertDefault("the variable is no name", {
    ...defaultPlayground,
    input: { kind: "variable", notebook: "n", name: "x; y" },
  });
  assertDefault("training has not begun but is shown", set({ steps: 0 }));
});
