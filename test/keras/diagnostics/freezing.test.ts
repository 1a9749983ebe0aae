import { deepEqual, equal } from "node:assert/strict";
import {
  apply,
  assertFixed,
  assertNone,
  assertProblem,
  keras,
  problemsIn,
  spans,
} from "./assertions.ts";

describe("trainable-after-compile", () => {
  const code = "trainable-after-compile";
  const compile = "m.compile(loss='mse')\n";

  it("finds what is frozen between compile and fit", () => {
    assertFixed(
      code,
      `${compile}m.trainable = False\nm.fit(x, y)`,
      `m.trainable = False\n${compile}m.fit(x, y)`,
    );
    assertFixed(
      code,
      `${compile}for layer in m.layers[:-3]:\n  layer.trainable = False\nm.fit(x, y)`,
      `for layer in m.layers[:-3]:\n  layer.trainable = False\n${compile}m.fit(x, y)`,
    );
    assertProblem(
      code,
      `${compile}m.optimizer.rate = 1\nm.trainable = False\nh = m.fit(x, y, callbacks=[C(m)])`,
      "m.trainable = False",
    );
    assertProblem(
      code,
      `def f():\n  ${compile}  m.layers[3].trainable = False\n  h = m.fit(x, y)`,
      "m.layers[3].trainable = False",
    );
  });

  it("moves only what has its lines to itself", () => {
    const titles = (text: string) =>
      problemsIn(keras + text).flatMap(({ fixes }) => fixes.map(({ title }) => title));
    deepEqual(titles("m.compile(loss='mse'); m.trainable = False\nm.fit(x, y)"), ["compileAgain"]);
    deepEqual(titles(`${compile}m.trainable = False; m.fit(x, y)`), ["compileAgain"]);
  });

  it("is certain once the model has been trained", () => {
    const severityOf = (before: string) =>
      problemsIn(`${keras}${compile}${before}m.trainable = False\nm.fit(x, y)`).find(
        (problem) => problem.code === code,
      )!.severity;
    equal(severityOf(""), "information");
    equal(severityOf("m.fit(x, y)\n"), undefined);
    equal(severityOf("for i in range(3):\n  m.train_on_batch(x, y)\n"), undefined);
  });

  it("finds what a part of the model is frozen to between two trainings", () => {
    const thaw =
      "base.trainable = True\nfor layer in base.layers[:100]:\n  layer.trainable = False\n";
    const about = "for layer in base.layers[:100]";
    for (const made of [
      "m = keras.Sequential([base, Dense(1)])\n",
      "m = keras.Sequential()\nm.add(base)\nm.add(Dense(1))\n",
      "m = keras.Model(inputs=base.input, outputs=Dense(1)(base.output))\n",
      "h = Dense(9)(base.output)\nm = keras.Model(base.input, Dense(1)(h))\n",
      "i = keras.Input((8,))\nh = base(i, training=False)\no = Dense(1)(h)\nm = keras.Model(i, o)\n",
    ]) {
      const trained = `${made}${compile}m.fit(x, y)\n`;
      assertProblem(code, `${trained}${thaw}m.fit(x, y)`, about);
      assertNone(code, `${trained}${thaw}${compile}m.fit(x, y)`);
      assertNone(code, `${trained}${thaw.replaceAll("base", "other")}m.fit(x, y)`);
      assertNone(code, `${made}${thaw}${compile}m.fit(x, y)`);
    }
    assertFixed(
      code,
      `m = keras.Sequential([base])\n${compile}m.fit(x, y)\nbase.trainable = False\nm.fit(x, y)`,
      `m = keras.Sequential([base])\n${compile}m.fit(x, y)\nbase.trainable = False\n${compile}m.fit(x, y)`,
    );
  });

  it("finds what is thawed between two trainings", () => {
    const frozen = `base.trainable = False\nm = keras.Sequential([base])\n${compile}m.fit(x, y)\n`;
    const thaw = "base.trainable = True\n";
    assertFixed(code, `${frozen}${thaw}m.fit(x, y)`, `${frozen}${thaw}${compile}m.fit(x, y)`);
    assertProblem(
      code,
      `${frozen}for each in m.layers:\n  each.trainable = True\nm.fit(x, y)`,
      "for each in m.layers",
    );
    assertNone(code, `${frozen}${thaw}${compile}m.fit(x, y)`);
    assertNone(code, `${frozen}${thaw}recompile(1)\nm.fit(x, y)`);
    assertNone(code, `${frozen}${thaw}m.save(path)`);
    assertNone(code, `${frozen}${thaw}m.summary()\nbase.trainable = False\nm.fit(x, y)`);
    // It was never frozen, or is so before anything is trained.
    assertNone(code, `${frozen.replace("base.trainable = False", "") + thaw}m.fit(x, y)`);
    assertNone(code, `${frozen.replace("m.fit(x, y)\n", "") + thaw}m.fit(x, y)`);
  });

  it("leaves an object alone whose own methods may compile its model", () => {
    const step = (between: string) =>
      `def f(self):\n  self.m.compile(loss='mse')\n  self.m.fit(x, y)\n  self.m.trainable = False\n  ${between}\n  self.m.fit(self.data())`;
    assertProblem(code, step("print(x)"), "self.m.trainable = False");
    assertNone(code, step("self.prepare()"));
  });

  it("leaves what is compiled afterwards, and other models, alone", () => {
    assertNone(code, `m.trainable = False\n${compile}m.fit(x, y)`);
    assertNone(code, `${compile}m.trainable = False\n${compile}m.fit(x, y)`);
    assertNone(code, `${compile}m.fit(x, y)\nm.trainable = False`);
    assertNone(code, `${compile}m.trainable = True\nm.fit(x, y)`);
    for (const [freeze, thaw] of [
      ["m.trainable = False", "m.trainable = True"],
      ["m.layers[0].trainable = False", "m.layers[0].trainable = True"],
      ["m.layers[0].trainable = False", "m.trainable = True"],
      ["for layer in m.layers:\n  layer.trainable = False", "m.trainable = True"],
    ]) {
      const start = `${compile}m.fit(x, y)\n${freeze}\nm.evaluate(x, y)\n`;
      assertNone(code, `${start}${thaw}\nm.fit(x, y)`);
      equal(spans(code, `${start}m.layers[2].trainable = True\nm.fit(x, y)`).length, 1);
    }
    for (const between of ["m = load_model(path)", "m, b = make()", "setup(m)", "compile_again()"])
      assertNone(code, `${compile}m.fit(x, y)\nm.trainable = False\n${between}\nm.fit(x, y)`);
    const gan = "d.compile(loss='mse')\nd.trainable = False\nm = Model(z, d(g(z)))\n";
    assertNone(code, `${gan}${compile}m.fit(x, y)\nd.train_on_batch(x, y)`);
  });

  it("sees what is frozen from one cell to the next", () => {
    const model = "m = keras.Sequential([body, BatchNormalization(), Dense(3)])\n";
    const found = (...cells: string[]) =>
      problemsIn(cells.at(-1)!, keras, ...cells.slice(0, -1))
        .filter((problem) => problem.code === code)
        .map(({ from, to }) => cells.at(-1)!.slice(from, to));
    const start = [model, compile, "m.fit(x, y)"];
    deepEqual(found(...start, "body.trainable = False\nm.fit(x, y)"), ["body.trainable = False"]);
    deepEqual(found(...start, "body.trainable = False", "# again\nh = m.fit(x, y)"), ["m.fit"]);
    deepEqual(found(...start, "body.trainable = False", compile, "m.fit(x, y)"), []);
    deepEqual(found(...start, "body.trainable = False\nprepare(m)", "m.fit(x, y)"), []);
    deepEqual(found(...start, "body.trainable = False", "m = other()", "m.fit(x, y)"), []);
    deepEqual(found(...start, "body.trainable = True", "m.fit(x, y)"), []);
    const scope = `with strategy.scope():\n  ${compile}`;
    deepEqual(found(model, scope, "m.fit(x, y)\nm.trainable = False", "m.fit(x, y)"), ["m.fit"]);
    deepEqual(found(model, `if a:\n  ${compile}`, "m.trainable = False\nm.fit(x, y)"), []);
    deepEqual(found(...start, "m.trainable = False", "m.fit(x, y", "m.fit(x, y)"), []);
  });

  it("compiles again before the training of another cell", () => {
    const cell = "for e in range(2):\n  m.fit(x, y)";
    const [problem] = problemsIn(cell, keras, compile, "m.fit(x, y)", "m.trainable = False").filter(
      (each) => each.code === code,
    );
    equal(apply(cell, problem.fixes[0]), `${compile}${cell}`);
  });

  it("goes on after the scope of a strategy", () => {
    const scope = "with strategy.scope():\n  m.compile(loss='mse')\n";
    assertProblem(
      code,
      `${scope}m.fit(x, y)\nm.trainable = False\nm.fit(x, y)`,
      "m.trainable = False",
    );
    assertNone(code, `${scope}m.trainable = False\n${scope}m.fit(x, y)`);
  });
});
