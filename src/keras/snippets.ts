/** @file Code around the layer that people write again and again. */
import type { Language } from "./languages.ts";

export interface Snippet {
  /** What is typed for it. */
  readonly prefix: string;
  readonly title: string;
  /** Text with `${1:placeholders}`. */
  readonly body: string;
}

interface Words {
  readonly layer: string;
  readonly block: string;
  readonly step: string;
  readonly freeze: string;
  readonly noBias: string;
  readonly batchStatistics: string;
  readonly inferenceMode: string;
  readonly compileAgain: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    layer: "A BatchNormalization layer",
    block: "Convolution, batch normalization, ReLU",
    step: "A training step of one's own, with training=True",
    freeze: "Freeze every BatchNormalization of a model",
    noBias: "No bias: the mean would take it away again.",
    batchStatistics: "Normalizes by the batch and moves the moving statistics.",
    inferenceMode: "inference mode from here on",
    compileAgain: "A compiled model notices only when compiled again.",
  },
  "zh-cn": {
    layer: "一个 BatchNormalization 层",
    block: "卷积、批归一化、ReLU",
    step: "自己写的训练步，带 training=True",
    freeze: "冻结模型中所有的 BatchNormalization",
    noBias: "不要偏置：它会随均值一起被减掉。",
    batchStatistics: "用批次统计量归一化，并更新移动统计量。",
    inferenceMode: "从此以推理模式运行",
    compileAgain: "已编译的模型要重新编译才会察觉。",
  },
};

/** A place to be filled in, in an editor's snippet. */
export function placeholder(index: number, text: string): string {
  return `\${${index}:${text}}`;
}

export function snippetsIn(language: Language): readonly Snippet[] {
  const say = words[language];
  const [x, model] = [placeholder(1, "x"), placeholder(1, "model")];
  const [filters, size] = [placeholder(2, "64"), placeholder(3, "3")];
  return [
    {
      prefix: "bn-layer",
      title: say.layer,
      body: `${placeholder(1, "bn")} = layers.BatchNormalization(${placeholder(2, "momentum=0.99")})`,
    },
    {
      prefix: "bn-conv-relu",
      title: say.block,
      body: [
        `# ${say.noBias}`,
        `${x} = layers.Conv2D(${filters}, ${size}, padding="same", use_bias=False)(${x})`,
        `${x} = layers.BatchNormalization()(${x})`,
        `${x} = layers.ReLU()(${x})`,
      ].join("\n"),
    },
    {
      prefix: "bn-train-step",
      title: say.step,
      body: [
        "@tf.function",
        "def train_step(x, y):",
        "    with tf.GradientTape() as tape:",
        `        # ${say.batchStatistics}`,
        `        predictions = ${model}(x, training=True)`,
        `        loss = ${placeholder(2, "loss_fn")}(y, predictions) + sum(${model}.losses)`,
        `    gradients = tape.gradient(loss, ${model}.trainable_variables)`,
        `    ${placeholder(3, "optimizer")}.apply_gradients(zip(gradients, ${model}.trainable_variables))`,
        "    return loss",
      ].join("\n"),
    },
    {
      prefix: "bn-freeze",
      title: say.freeze,
      body: [
        `for layer in ${model}.layers:`,
        "    if isinstance(layer, layers.BatchNormalization):",
        `        layer.trainable = False  # ${say.inferenceMode}`,
        `# ${say.compileAgain}`,
        `${model}.compile(${placeholder(2, 'optimizer="adam", loss="mse"')})`,
      ].join("\n"),
    },
  ];
}

/** Whether a word is the beginning of a snippet's name, at least its first two letters. */
export function startsSnippet(word: string): boolean {
  return word.length >= 2 && /^(?:bn(?:-[\w-]*)?|bat?c?h?n?o?r?m?a?l?)$/i.test(word);
}
