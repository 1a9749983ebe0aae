/**
 * @file Every word that the kernel shows; the editor translates it. `{0}`, `{1}` are filled in by
 * `format`. The views' words are in `viewStrings`.
 */
import { type ViewStrings, viewStrings, viewStringsFor } from "./viewStrings.ts";

export { type ViewStrings, viewStrings, viewStringsFor };

/** Words of the kernel's own that are neither Keras's nor NumPy's nor Python's. */
export const kernelStrings = {
  /** {0}: one of `constructNames`. */
  unsupported:
    "{0} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
  /** {0}: a dotted name, such as `keras.layers.Dense`. */
  unsupportedName:
    "{0} is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
  /** Follows Python's own `No module named 'pandas'`. */
  missingModule:
    "The BatchNorm Lab kernel has no such module; a Python kernel runs this notebook unchanged",
};

const kernelStringsZhCn: typeof kernelStrings = {
  unsupported: "BatchNorm Lab 内核不支持{0}；Python 内核可以原样运行此笔记本",
  unsupportedName: "BatchNorm Lab 内核不支持 {0}；Python 内核可以原样运行此笔记本",
  missingModule: "BatchNorm Lab 内核没有此模块；Python 内核可以原样运行此笔记本",
};

/** Plural names of the constructs outside of the subset, keyed as the parser reports them. */
export const constructNames = {
  async: "async functions and blocks",
  await: "await expressions",
  yield: "generators made by a lambda (yield)",
  complexNumber: "complex numbers",
  exceptGroup: "exception groups (except*)",
  typeAlias: "type aliases and type parameters",
  magic: "IPython magics",
  shellCommand: "shell commands",
  relativeImport: "relative imports",
  templateString: "template strings",
  namedCharacter: "named characters (\\N{…})",
  primitiveSubclass: "subclasses of bytes and complex",
};

const constructNamesZhCn: typeof constructNames = {
  async: "异步函数和异步语句块",
  await: "await 表达式",
  yield: "由 lambda 构成的生成器（yield）",
  complexNumber: "复数",
  exceptGroup: "异常组（except*）",
  typeAlias: "类型别名和类型参数",
  magic: "IPython 魔法命令",
  shellCommand: "shell 命令",
  relativeImport: "相对导入",
  templateString: "模板字符串",
  namedCharacter: "命名字符（\\N{…}）",
  primitiveSubclass: "bytes 和 complex 的子类",
};

export type KernelStrings = { readonly [Key in keyof typeof kernelStrings]: string } & {
  readonly constructs: { readonly [Key in keyof typeof constructNames]: string };
  readonly view: ViewStrings;
};

/** All that the kernel says in the language of the locale, a tag as for `viewStringsFor`. */
export function kernelStringsFor(locale: string): KernelStrings {
  const view = viewStringsFor(locale);
  return view === viewStrings
    ? { ...kernelStrings, constructs: constructNames, view }
    : { ...kernelStringsZhCn, constructs: constructNamesZhCn, view };
}

/** Fills `{0}`, `{1}`, … with the given values. */
export function format(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));
}
