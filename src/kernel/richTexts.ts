/**
 * @file Texts that are shown in a form of their own: `HTML` and `Markdown` of `IPython.display`.
 */
import { PyClass } from "./classes.ts";
import { pythonError } from "./errors.ts";
import { attributes } from "./functions.ts";
import { type PythonType, registerType, type Value } from "./objects.ts";
import { typeName } from "./operations.ts";
import { bindArguments, parseSignature } from "./signature.ts";

export class RichText {
  readonly kind: "HTML" | "Markdown";
  readonly mime: "text/html" | "text/markdown";
  readonly data: string;

  constructor(kind: "HTML" | "Markdown", data: string) {
    this.kind = kind;
    this.mime = kind === "HTML" ? "text/html" : "text/markdown";
    this.data = data;
  }
}

/** The class of such texts as cells see it. */
export function richTextClass(kind: "HTML" | "Markdown"): PyClass {
  const signature = parseSignature(`${kind}(data=None)`);
  return new PyClass(kind, {
    signature,
    construct(args) {
      const [data] = bindArguments(signature, args) as [Value];
      if (typeof data === "string") return new RichText(kind, data);
      throw pythonError("TypeError", `${kind} expects text, not ${typeName(data)}`);
    },
    instances: () => richTextType as PythonType,
  });
}

const richTextType: PythonType<RichText> = {
  name: "DisplayObject",
  module: "IPython.core.display",
  repr: (self) => `<IPython.core.display.${self.kind} object>`,
  hash: (self) => self,
  ...attributes<RichText>({ properties: { data: (self) => self.data } }),
};

registerType(RichText, richTextType);
