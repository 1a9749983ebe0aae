import { deepEqual, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { constructorArguments } from "../../src/keras/signature.ts";
import { families } from "../../src/keras/values.ts";

const root = new URL("../../", import.meta.url);
const paths = [
  "./syntaxes/batchnorm-lab.injection.tmLanguage.json",
  "./syntaxes/batchnorm-lab.objects.tmLanguage.json",
];

/**
 * What matters here of an editor's Python grammar: calls that begin before their name is taken and
 * own their parentheses, strings, comments, and any name in front of `=` in a call as a parameter.
 */
const pythonGrammar = {
  scopeName: "source.python",
  patterns: [{ include: "#expression" }],
  repository: {
    expression: {
      patterns: [
        { name: "comment.line.number-sign.python", match: "#.*$" },
        { name: "string.quoted.docstring.multi.python", begin: '"""', end: '"""' },
        { name: "string.quoted.single.python", begin: "(['\"])", end: "(\\1)|$" },
        { name: "constant.numeric.python", match: "\\b[0-9.]+\\b" },
        { include: "#call" },
        {
          name: "meta.parentheses",
          begin: "\\(",
          end: "\\)",
          patterns: [{ include: "#expression" }],
        },
        { name: "meta.name", match: "\\b[_[:alpha:]]\\w*\\b" },
      ],
    },
    call: {
      name: "meta.function-call.python",
      begin: "\\b(?=[_[:alpha:]]\\w*\\s*\\()",
      end: "\\)",
      patterns: [
        { name: "meta.function-call.generic.python", match: "\\b[_[:alpha:]]\\w*\\b" },
        {
          begin: "\\(",
          end: "(?=\\))",
          contentName: "meta.function-call.arguments.python",
          patterns: [
            {
              match: "\\b([_[:alpha:]]\\w*)\\s*=(?!=)",
              captures: { 1: { name: "variable.parameter.function-call.python" } },
            },
            { include: "#expression" },
          ],
        },
      ],
    },
  },
};

async function loadGrammar() {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(await readFile(wasm));
  const injections = await Promise.all(
    paths.map(async (path) => JSON.parse(await readFile(new URL(path, root), "utf8"))),
  );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      (injections.find(({ scopeName }) => scopeName === scope) ?? pythonGrammar) as never,
    getInjections: (scope) =>
      scope === "source.python" ? injections.map(({ scopeName }) => scopeName) : undefined,
  });
  return (await registry.loadGrammar("source.python"))!;
}

describe("injection grammar", () => {
  let grammar: textmate.IGrammar;

  before(async () => {
    grammar = await loadGrammar();
  });

  function tokens(text: string) {
    let stack = textmate.INITIAL;
    return text.split("\n").flatMap((line) => {
      const result = grammar.tokenizeLine(line, stack);
      stack = result.ruleStack;
      ok(!result.stoppedEarly, text);
      return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes,
      }));
    });
  }

  function marked(text: string): string[] {
    return tokens(text)
      .filter(({ scopes }) => scopes.includes("variable.parameter.batchnorm-lab"))
      .map((token) => token.text);
  }

  const constant = "support.constant.batchnorm-lab";
  const object = "support.class.batchnorm-lab";

  function assertScoped(text: string, scope: string, ...expected: string[]): void {
    const found = tokens(text).filter(({ scopes }) => scopes.includes(scope));
    deepEqual(
      found.map((token) => token.text),
      expected,
      text,
    );
  }

  function assertMarked(text: string, ...expected: string[]): void {
    deepEqual(marked(text), expected, text);
  }

  it("is named in the manifest as in its files", async () => {
    const manifest = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
    const declared = paths.map(async (path) => {
      const { scopeName } = JSON.parse(await readFile(new URL(path, root), "utf8"));
      return { path, scopeName, injectTo: ["source.python"] };
    });
    deepEqual(manifest.contributes.grammars, await Promise.all(declared));
  });

  it("marks every argument of the signature", () => {
    for (const { name } of constructorArguments)
      assertMarked(`BatchNormalization(${name}=1)`, name);
  });

  it("marks the names and classes that Keras knows, where an argument takes them", () => {
    for (const [kind, { module, classes }] of Object.entries(families))
      for (const { className, names } of classes) {
        for (const name of names)
          assertScoped(`BatchNormalization(beta_${kind}="${name}")`, constant, name);
        const call = `BatchNormalization(gamma_${kind}=keras.${module}.${className}(a=1))`;
        assertScoped(call, object, className);
      }
    assertScoped("BatchNormalization(gamma_regularizer=regularizers.l1_l2(l1=1))", object, "l1_l2");
    assertScoped(
      "BatchNormalization(\n  moving_mean_initializer='ones', axis=1)",
      constant,
      "ones",
    );
  });

  it("marks no name elsewhere", () => {
    for (const text of [
      "BatchNormalization(name='zeros')",
      "BatchNormalization(beta_regularizer='zeros')",
      "BatchNormalization(beta_initializer=f('zeros'))",
      "BatchNormalization(beta_initializer='zeros_')",
      "Dense(3, kernel_initializer='zeros')",
    ])
      assertScoped(text, constant);
    for (const text of [
      "y = L2(3)",
      "Dense(3, kernel_regularizer=L2(3))",
      "BatchNormalization(beta_regularizer=f(L2(3)))",
      "BatchNormalization(axis=1)(Ones(x))",
    ])
      assertScoped(text, object);
  });

  it("marks names in calls of BatchNormalization only", () => {
    assertMarked("x = keras.layers.BatchNormalization(axis=1, momentum = 0.9)", "axis", "momentum");
    assertMarked("f(axis=1)");
    assertMarked("LayerNormalization(epsilon=1)");
    assertMarked("SyncBatchNormalization(axis=1)");
    assertMarked("momentum = 0.9");
    assertMarked("BatchNormalization(axis == 1)");
    assertMarked("BatchNormalization(1, foo=2)");
    assertMarked("class BatchNormalization(name=1): pass");
    assertMarked("def BatchNormalization(name=1): pass");
    assertMarked("BatchNormalization()(x, name=1)");
    assertMarked("BatchNormalization(axis=1)(x, name=1)", "axis");
    assertMarked("BatchNormalization( ); axis = 1");
  });

  it("is not led astray by brackets", () => {
    assertMarked("BatchNormalization(axis=(1), scale=f(g(2)), name='a')", "axis", "scale", "name");
    assertMarked(
      "BatchNormalization(beta_initializer=f(axis=1), scale=0)",
      "beta_initializer",
      "scale",
    );
    assertMarked(
      "BatchNormalization(renorm_clipping={'rmax': (2)}, scale=0)",
      "renorm_clipping",
      "scale",
    );
    assertMarked("Sequential([BatchNormalization(axis=1), Dense(name='a')])", "axis");
    assertMarked(
      "f(BatchNormalization(axis=1), name=1); BatchNormalization(scale=1)",
      "axis",
      "scale",
    );
  });

  it("goes over several lines", () => {
    assertMarked(
      "BatchNormalization(\n    axis=1,  # scale=2\n    scale=f(\n        name=1\n    ),\n)\nname = 1",
      "axis",
      "scale",
    );
  });

  it("leaves strings and comments alone", () => {
    assertMarked("'BatchNormalization(axis=1)'");
    assertMarked("# BatchNormalization(axis=1)");
    assertMarked('"""\nBatchNormalization(axis=1)\n"""');
    assertMarked("BatchNormalization(name='axis=1', scale=1)", "name", "scale");
  });

  it("leaves the rest of the call to Python's grammar", () => {
    const scopesOf = (word: string) =>
      tokens("BatchNormalization(axis=0.5, foo=f('a'))").find(({ text }) => text === word)!.scopes;
    ok(scopesOf("BatchNormalization").includes("meta.function-call.generic.python"));
    ok(scopesOf("0.5").includes("constant.numeric.python"));
    ok(scopesOf("foo").includes("variable.parameter.function-call.python"));
    ok(scopesOf("axis").includes("variable.parameter.function-call.python"));
    ok(scopesOf("f").includes("meta.function-call.generic.python"));
  });
});
