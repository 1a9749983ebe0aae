import * as assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { commands, referencePanel, settings } from "../../src/extension/identity.ts";
import { channelsMime } from "../../src/shared/outputs.ts";
import { closeAll, mimes, newNotebook, until } from "./notebooks.ts";

/** A Python file of its own: the editor gives the names of untitled ones out again. */
async function pythonFile(content: string): Promise<vscode.TextDocument> {
  const path = join(mkdtempSync(join(tmpdir(), "hovers-")), "layer.py");
  writeFileSync(path, content);
  return vscode.workspace.openTextDocument(vscode.Uri.file(path));
}

/** The position of `|` in a text that is opened without it. */
async function marked(content: string): Promise<[vscode.TextDocument, vscode.Position]> {
  const document = await pythonFile(content.replace("|", ""));
  return [document, document.positionAt(content.indexOf("|"))];
}

async function hoverContents(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.MarkdownString[]> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return found.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}

/** The hover texts at the first occurrence of `word`. */
async function hovers(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const contents = await hoverContents(document, position);
  return contents.map(({ value }) => value).join("\n");
}

const code = "from keras import layers\nbn = layers.BatchNormalization(momentum=0.9)\n";

describe("hovers", () => {
  afterEach(closeAll);

  it("explain an argument and its value in a Python file", async () => {
    const document = await pythonFile(code);
    for (const word of ["momentum", "0.9"])
      assert.match(await hovers(document, word), /keeps 90 %.*95 % after 29 steps/s);
  });

  it("explain an argument in a cell", async () => {
    const notebook = await newNotebook(code);
    assert.match(await hovers(notebook.cellAt(0).document, "momentum"), /moving/i);
  });

  it("explain the layer on its name, and the function on its own", async () => {
    const document = await pythonFile(code);
    assert.match(await hovers(document, "BatchNormalization"), /normali[sz]/i);
    const other = await pythonFile(
      "import keras\nkeras.ops.batch_normalization(x, m, v, axis=1)\n",
    );
    assert.match(await hovers(other, "batch_normalization"), /channel by channel, by the mean/);
    assert.match(await hovers(other, "axis"), /has no default/);
  });

  it("leave everything else alone", async () => {
    const content = "def fit(momentum=0.9): pass\n";
    const document = await pythonFile(content);
    assert.equal(await hovers(document, "momentum"), "");
  });

  it("may run the commands that they link to, and no other", async () => {
    const document = await pythonFile(code);
    const position = document.positionAt(code.indexOf("momentum") + 1);
    const [content] = await hoverContents(document, position);
    const trusted = (content.isTrusted as { enabledCommands: readonly string[] }).enabledCommands;
    const links = [...content.value.matchAll(/\]\(command:([\w.]+)/g)].map(([, name]) => name);
    assert.deepEqual(links, [
      commands.tryCall,
      commands.openPlayground,
      commands.showArgumentReference,
      commands.switchDocumentationLanguage,
    ]);
    const known = new Set(await vscode.commands.getCommands(true));
    for (const link of links) assert.ok(trusted.includes(link) && known.has(link), link);
  });

  it("speak the other language after a click", async () => {
    const document = await pythonFile(code);
    try {
      await vscode.commands.executeCommand(commands.switchDocumentationLanguage);
      assert.match(await hovers(document, "momentum"), /每一步保留移动统计量的 90 %/);
      await vscode.commands.executeCommand(commands.switchDocumentationLanguage);
      assert.match(await hovers(document, "momentum"), /keeps 90 %/);
    } finally {
      const { Global } = vscode.ConfigurationTarget;
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update(settings.documentationLanguage, undefined, Global);
    }
  });
});

describe("help while typing", () => {
  afterEach(closeAll);

  const completions = async (content: string, trigger?: string) => {
    const [document, position] = await marked(content);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
      trigger,
    );
    const labelOf = ({ label }: vscode.CompletionItem) =>
      typeof label === "string" ? label : label.label;
    return list.items.map((item) => ({ label: labelOf(item), item }));
  };

  it("completes arguments that are not given yet", async () => {
    const found = await completions(
      "import keras\nkeras.layers.BatchNormalization(axis=1, |)\n",
      ",",
    );
    const labels = found.map(({ label }) => label);
    assert.ok(labels.includes("momentum=") && !labels.includes("axis="));
    const { item } = found.find(({ label }) => label === "momentum=")!;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
    assert.equal((item.insertText as vscode.SnippetString).value, "momentum=${1:0.99}");
  });

  it("completes values, and snippets around the layer", async () => {
    const values = await completions("BatchNormalization(gamma_initializer=|)\n", "=");
    assert.ok(values.some(({ label }) => label === '"zeros"'));
    const snippets = await completions("bn|\n");
    assert.ok(snippets.some(({ label }) => label === "bn-conv-relu"));
    const others = await completions("f(axis=|)\n", "=");
    assert.ok(!others.some(({ label }) => label === "-1"));
  });

  it("shows the signature with the active argument", async () => {
    const [document, position] = await marked("BatchNormalization(1, momentum=0.|9)\n");
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      position,
    );
    const [{ label, parameters }] = help.signatures;
    const [from, to] = parameters[help.activeParameter].label as [number, number];
    assert.equal(label.slice(from, to), "momentum=0.99");
  });

  it("answers in cells, too, and alone", async () => {
    const notebook = await newNotebook(
      "from keras import layers\nbn = layers.BatchNormalization(1, )",
    );
    const { document } = notebook.cellAt(0);
    const position = document.positionAt(document.getText().length - 1);
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      position,
    );
    const { label, parameters } = help.signatures[0];
    const [from, to] = parameters[help.activeParameter].label as [number, number];
    assert.equal(label.slice(from, to), "momentum=0.99");
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    const labels = list.items.map(({ label: each }) =>
      typeof each === "string" ? each : each.label,
    );
    assert.equal(labels.filter((each) => each === "momentum=").length, 1);
  });

  it("hints at channels and values, and at PyTorch's momentum, until it is turned off", async () => {
    const document = await pythonFile(
      "import numpy as np\nx = np.zeros((30, 32, 32, 64))\ny = BatchNormalization(momentum=0.99)(x)\n",
    );
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      );
      return found.map(({ label }) => label).sort();
    };
    assert.deepEqual(await hints(), ["64 channels × 30,720 values", "PyTorch 0.01"]);
    const { Global } = vscode.ConfigurationTarget;
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.torchMomentumHints, false, Global);
    try {
      assert.deepEqual(await hints(), ["64 channels × 30,720 values"]);
    } finally {
      await configuration.update(settings.torchMomentumHints, undefined, Global);
    }
  });
});

describe("beside a language server that starts later", () => {
  const python = { language: "python" };
  let server: vscode.Disposable;

  before(async () => {
    // The features are there, and the server's providers come after them.
    await hovers(await pythonFile(code), "momentum");
    const information = new vscode.SignatureInformation("BatchNormalization(axis: int = -1)");
    server = vscode.Disposable.from(
      vscode.languages.registerHoverProvider(python, {
        provideHover: () => new vscode.Hover("(class) BatchNormalization"),
      }),
      vscode.languages.registerSignatureHelpProvider(
        python,
        {
          provideSignatureHelp: () => {
            const help = new vscode.SignatureHelp();
            help.signatures = [information];
            return help;
          },
        },
        "(",
      ),
    );
  });

  after(async () => {
    server.dispose();
    await closeAll();
  });

  it("what is said of the layer comes first, and nothing changes elsewhere", async () => {
    const text = `${code}print(len())\n`;
    const document = await pythonFile(text);
    await vscode.window.showTextDocument(document);
    const labelAt = async (place: string) => {
      const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
        "vscode.executeSignatureHelpProvider",
        document.uri,
        document.positionAt(text.indexOf(place) + place.length),
      );
      return help.signatures[0].label;
    };
    const end = Date.now() + 10_000;
    while (!(await labelAt("BatchNormalization(")).includes("momentum=0.99"))
      assert.ok(Date.now() < end, "the server's signature stays in front");
    assert.match(await hovers(document, "BatchNormalization"), /^(?!\(class\)).*\(class\)/s);
    assert.equal(await labelAt("len("), "BatchNormalization(axis: int = -1)");
  });
});

describe("what hovers lead to", () => {
  afterEach(closeAll);

  it("a cell that runs the call, and then another in the same notebook", async () => {
    const document = await pythonFile(code);
    await vscode.window.showTextDocument(document);
    const place = { uri: document.uri.toString(), offset: code.indexOf("momentum") };
    await vscode.commands.executeCommand(commands.tryCall, place);
    const { notebook } = vscode.window.activeNotebookEditor!;
    const cell = notebook.cellAt(0);
    assert.match(cell.document.getText(), /^bn = layers\.BatchNormalization\(momentum=0\.9\)$/m);
    await until("the trial has run", () => mimes(cell).includes(channelsMime));
    await vscode.commands.executeCommand(commands.tryCall, place);
    assert.equal(notebook.cellCount, 2);
  });

  it("the reference, one page for all", async () => {
    const pages = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) =>
            input instanceof vscode.TabInputWebview && input.viewType.endsWith(referencePanel),
        );
    await vscode.commands.executeCommand(commands.showArgumentReference, "momentum");
    await until("the reference opens", () => pages().length === 1);
    await vscode.commands.executeCommand(commands.showArgumentReference, "call.mask");
    assert.equal(pages().length, 1);
    assert.equal(pages()[0].label, "BatchNormalization: Argument Reference");
  });
});
