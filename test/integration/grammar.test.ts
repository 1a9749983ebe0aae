import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { extensionId } from "../../src/extension/identity.ts";

interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The editor's own Python grammar, with the injected ones or without. */
async function tokenizer(injected: boolean): Promise<(text: string) => Token[]> {
  const own = vscode.extensions.getExtension(extensionId)!;
  const require = createRequire(join(own.extensionPath, "package.json"));
  const oniguruma: typeof import("vscode-oniguruma") = require("vscode-oniguruma");
  const textmate: typeof import("vscode-textmate") = require("vscode-textmate");
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const files = new Map<string, string>();
  const injections: string[] = [];
  for (const extension of vscode.extensions.all)
    for (const grammar of extension.packageJSON.contributes?.grammars ?? [])
      if (extension.id === "vscode.python" || extension.id === extensionId) {
        files.set(grammar.scopeName, join(extension.extensionPath, grammar.path));
        if (extension.id === extensionId) injections.push(grammar.scopeName);
      }
  assert.equal(injections.length, 2);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const path = files.get(scope);
      return path ? textmate.parseRawGrammar(readFileSync(path, "utf8"), path) : null;
    },
    getInjections: (scope) => (scope === "source.python" && injected ? injections : undefined),
  });
  const grammar = (await registry.loadGrammar("source.python"))!;
  return (text) => {
    let stack = textmate.INITIAL;
    return text.split("\n").flatMap((line) => {
      const result = grammar.tokenizeLine(line, stack);
      stack = result.ruleStack;
      return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes,
      }));
    });
  };
}

/** Code of many kinds, as a large file of a project has it; `count` lets no two parts be alike. */
const part = (count: number) => `
@dataclass(frozen=True)
class Block${count}(keras.Model, metaclass=Meta):
    """Doc: BatchNormalization(axis=${count}, 'zeros')."""

    momentum: float = 0.${count}  # BatchNormalization(momentum=1)
    names: dict[str, list[int]] = field(default_factory=lambda: {"zeros": [1, 2]})

    def __init__(self, filters=${count}, *, axis=-1, name="zeros", **kwargs):
        super().__init__(name=name, **kwargs)
        self.bn = layers.BatchNormalization(
            axis=axis,  # the last, mostly
            momentum=0.9 if filters > 3 else (0.99),
            gamma_initializer="zeros",
            beta_initializer=keras.initializers.Constant(value=-${count}e-3),
            gamma_regularizer=regularizers.l1_l2(l1=1e-5, l2=f(x)[0]),
            renorm_clipping={"rmax": 3, "dmax": [5][0]},
            **kwargs,
        )
        self.conv = layers.Conv2D(filters, (3, 3), kernel_initializer="ones", name=f"conv{filters!r:>{axis}}")
        self.more = [layers.BatchNormalization(name=f"bn{i}", beta_initializer='ones') for i in range(${count})]

    async def call(self, x, training=None):
        x = self.bn(self.conv(x), training=training)
        if (n := len(x)) > ${count} and not training is None:
            return tf.nn.relu(BatchNormalization(1, 0.9, scale=False)(x, training=True))
        with tf.GradientTape() as tape, open(r"\\d+\\(", "rb") as file:
            yield await other(*x, **{"axis": n}, key=lambda a, /, b=1, *c: a @ b ** -c)
        raise ValueError('not "%s" % ' + x[..., ::2, None]) from None

match value${count}:
    case {"axis": int(axis), **rest} if axis >= 0:
        print(BatchNormalization, BatchNormalization(), sep="")
text = r'''${count} BatchNormalization(axis=1, gamma_initializer="zeros")
''' + f"{BatchNormalization(axis=${count})!s}"
regex = re.compile(r"(?P<axis>\\d+)(?:BatchNormalization\\()", re.VERBOSE)
`;

/** What is ours taken away, and then tokens of the same scopes joined. */
function withoutOurs(tokens: readonly Token[]): string[] {
  const lines: string[] = [];
  let last = "";
  for (const { text, scopes } of tokens) {
    const rest = scopes
      .flatMap((scope) => scope.split(" "))
      .filter((scope) => !scope.endsWith("batchnorm-lab"))
      .join(" ");
    if (rest === last) lines[lines.length - 1] += text;
    else lines.push(`${rest}\t${text}`);
    last = rest;
  }
  return lines;
}

describe("the grammar, injected into the editor's own Python grammar", () => {
  it("adds its marks to a large file and changes nothing else", async () => {
    const text = Array.from({ length: 120 }, (_, count) => part(count + 1)).join("");
    assert.ok(text.split("\n").length > 4000);
    const [plain, injected] = [await tokenizer(false), await tokenizer(true)];
    const found = injected(text);
    assert.deepEqual(withoutOurs(found), withoutOurs(plain(text)));
    const count = (scope: string) => found.filter(({ scopes }) => scopes.includes(scope)).length;
    assert.equal(count("variable.parameter.batchnorm-lab"), 120 * 10);
    assert.equal(count("support.constant.batchnorm-lab"), 120 * 2);
    assert.equal(count("support.class.batchnorm-lab"), 120 * 2);
  });

  it("follows a call that is still being typed no farther than Python does", async () => {
    const [plain, injected] = [await tokenizer(false), await tokenizer(true)];
    for (const text of [
      "x = BatchNormalization(gamma_initializer=\ny = 'zeros'\n",
      "x = BatchNormalization(axis=1, \ndef f(a): pass\n",
      "BatchNormalization(beta_initializer='zer\nz = 1\n",
      "BatchNormalization(",
    ])
      assert.deepEqual(withoutOurs(injected(text)), withoutOurs(plain(text)), text);
  });
});
