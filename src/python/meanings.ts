/**
 * @file What expressions of a file stand for, as far as batch normalization needs it: dotted paths of
 * imported names, Keras's layer and its function, and the layers made by calls.
 */
import type { SyntaxNode } from "@lezer/common";
import type { Binding, ImportedSymbol } from "./bindings.ts";
import { isKeras } from "./kerasPaths.ts";
import type { SourceFile } from "./sourceFile.ts";

/** What an expression evaluates to, as far as it matters here. */
export type Meaning =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "class" }
  /** `functools.partial(BatchNormalization, …)`: called like the class. */
  | { readonly kind: "partial"; readonly call: LocatedCall }
  /** `keras.ops.batch_normalization` */
  | { readonly kind: "function" }
  /** A layer, and the call that made it. */
  | { readonly kind: "layer"; readonly call: LocatedCall };

/** A call, and the file or cell it stands in. */
export interface LocatedCall {
  readonly node: SyntaxNode;
  readonly meanings: Meanings;
}

/** How far assignments are followed; also ends circles such as `x = x`. */
const maximumSteps = 40;

/** Names that snippets use without importing them. */
const conventions: Readonly<Record<string, string>> = {
  keras: "keras",
  tf: "tensorflow",
  layers: "keras.layers",
  ops: "keras.ops",
  BatchNormalization: "keras.layers.BatchNormalization",
  functools: "functools",
  partial: "functools.partial",
};

/** Of these, what other libraries and a project's own modules can have as well. */
const ambiguous = new Set(["layers", "ops", "BatchNormalization"]);

/** Modules that have no such name, for `from numpy import *`. */
const plainModules =
  /^(?:tensorflow$|(?:__future__|abc|collections|ctypes|cv2|dataclasses|datetime|enum|functools|glob|io|itertools|math|matplotlib|numpy|operator|os|pandas|pathlib|PIL|pylab|random|re|scipy|seaborn|six|skimage|sklearn|string|struct|sympy|sys|time|[tT]kinter|types|typing)(?:\.|$))/;

/** What modules of a project are called that hold no layers. */
const withoutLayers =
  /(?:^|[._])(?:arg|call_?back|conf|config|const|constant|data|dataset|flag|hyper|loader|loss|losses|metric|option|param|parameter|path|plot|setting)\w*$/i;

function isForeign(module: string, name: string): boolean {
  return !isKeras(`${module}.${name}`) && !plainModules.test(module);
}

const kerasImport = /^[ \t]*(?:from|import)[ \t]+[\w.]*keras\b/m;

/** Names of modules that literals are read with, where nothing binds them. */
const literalConventions: Readonly<Record<string, string>> = {
  np: "numpy",
  numpy: "numpy",
  initializers: "keras.initializers",
  regularizers: "keras.regularizers",
  constraints: "keras.constraints",
  Input: "keras.Input",
};

/** The meanings in a file; in a cell, names of the cells before it count. */
export class Meanings {
  readonly file: SourceFile;
  /** Of the cell before. */
  readonly before: Meanings | null;
  readonly #guesses = new Map<string, boolean>();
  #keras: boolean | undefined;

  constructor(file: SourceFile, before: Meanings | null) {
    this.file = file;
    this.before = before;
  }

  /** Those of a file. `earlier`: the cells before it in a notebook, whose names it can use. */
  static of(file: SourceFile, earlier: readonly SourceFile[] = []): Meanings {
    const before = earlier.reduce<Meanings | null>((last, cell) => new Meanings(cell, last), null);
    return new Meanings(file, before);
  }

  of(node: SyntaxNode, steps = 0): Meaning | null {
    if (steps > maximumSteps) return null;
    switch (node.name) {
      case "VariableName":
        return this.ofName(this.file.textOf(node), node, steps);
      case "MemberExpression":
        return this.#ofMember(node, steps);
      case "CallExpression":
        return this.#ofCall(node, steps);
      case "ParenthesizedExpression":
        return node.firstChild?.nextSibling
          ? this.of(node.firstChild.nextSibling, steps + 1)
          : null;
      case "NamedExpression":
        return node.lastChild ? this.of(node.lastChild, steps + 1) : null;
      default:
        return null;
    }
  }

  /** The dotted path that an expression names; null where it names none. */
  pathOf(node: SyntaxNode): string | null {
    const meaning = this.of(node);
    if (meaning) return meaning.kind === "path" ? meaning.path : null;
    const root = /^[\w.]+$/.exec(this.file.textOf(node).replace(/\s/g, ""))?.[0].split(".") ?? [];
    const [first] = root;
    if (!first || !Object.hasOwn(literalConventions, first) || this.binds(first)) return null;
    return [literalConventions[first], ...root.slice(1)].join(".");
  }

  /** Whether the file, or a cell before it, binds a name at all. */
  binds(name: string): boolean {
    return !!this.file.bindings.lookup(name, null) || !!this.before?.binds(name);
  }

  /** What a name stands for where a node uses it, or at the end of the cell where there is none. */
  ofName(name: string, use: SyntaxNode | null, steps = 0): Meaning | null {
    const bound = this.#bound(name, use, steps);
    if (bound !== undefined || !Object.hasOwn(conventions, name)) return bound ?? null;
    return this.isGuess(name) && !this.#importsKeras ? null : pathMeaning(conventions[name]);
  }

  /** Whether a name that nothing binds can come from a module's `*` that has its own of that name. */
  isGuess(name: string): boolean {
    if (!ambiguous.has(name)) return false;
    const known = this.#guesses.get(name) ?? (!this.binds(name) && this.#hasStar(name));
    this.#guesses.set(name, known);
    return known;
  }

  /** The meaning of a name that the file, or a cell before it, binds; undefined for any other. */
  #bound(name: string, use: SyntaxNode | null, steps: number): Meaning | null | undefined {
    const { bindings } = this.file;
    const binding = bindings.lookup(name, use);
    if (binding?.value?.name === "None") {
      const other = bindings.callable(name, use).at(-1);
      return other ? this.#ofBinding(other, steps) : null;
    }
    if (binding) return this.#ofBinding(binding, steps);
    if (bindings.stars.some(({ path }) => isClassPath(`${path}.${name}`))) return { kind: "class" };
    return this.before ? this.before.#bound(name, null, steps) : undefined;
  }

  /** Whether a `*` can bring a name that is not Keras's; what Keras's own brings is certain. */
  #hasStar(name: string): boolean {
    const { stars } = this.file.bindings;
    if (stars.some(({ path }) => isClassPath(`${path}.${name}`))) return false;
    const isOther = ({ path }: ImportedSymbol) => isForeign(path, name);
    return stars.some(isOther) || (!!this.before && this.before.#hasStar(name));
  }

  /** Whether what Keras's import binds can be bound anew by the `*` of a later one, of layers of one's own. */
  canBeRenewed(name: string): boolean {
    const { stars } = this.file.bindings;
    const own =
      this.file.bindings.lookup(name, null)?.from ??
      stars.find(({ path }) => isClassPath(`${path}.${name}`))?.from;
    const isLater = stars.some(
      ({ path, from }) =>
        (own === undefined || from > own) && isForeign(path, name) && !withoutLayers.test(path),
    );
    return isLater || (own === undefined && !!this.before && this.before.canBeRenewed(name));
  }

  get #importsKeras(): boolean {
    this.#keras ??=
      kerasImport.test(this.file.text) || (!!this.before && this.before.#importsKeras);
    return this.#keras;
  }

  /** Whether a call is `functools.partial(BatchNormalization, …)`. */
  isPartial(callee: Meaning | null, list: SyntaxNode, steps = 0): boolean {
    if (callee?.kind !== "path" || callee.path !== "functools.partial") return false;
    const first = list.firstChild?.nextSibling;
    return !!first && isMaker(this.of(first, steps + 1));
  }

  #ofBinding({ path, value }: Binding, steps: number): Meaning | null {
    if (path) return pathMeaning(path);
    return value ? this.of(value, steps + 1) : null;
  }

  #ofMember(node: SyntaxNode, steps: number): Meaning | null {
    const property = node.lastChild;
    if (property?.name !== "PropertyName" || !node.firstChild) return null;
    const object = this.of(node.firstChild, steps + 1);
    if (object?.kind === "path") return pathMeaning(`${object.path}.${this.file.textOf(property)}`);
    const key = this.file.bindings.attributeKey(node);
    return key ? this.ofName(key, node, steps) : null;
  }

  #ofCall(node: SyntaxNode, steps: number): Meaning | null {
    const list = node.lastChild;
    if (list?.name !== "ArgList" || !node.firstChild) return null;
    const callee = this.of(node.firstChild, steps + 1);
    const call = { node, meanings: this };
    if (isMaker(callee)) return { kind: "layer", call };
    return this.isPartial(callee, list, steps) ? { kind: "partial", call } : null;
  }
}

export function isMaker(meaning: Meaning | null): boolean {
  return meaning?.kind === "class" || meaning?.kind === "partial";
}

function pathMeaning(path: string): Meaning {
  if (isClassPath(path)) return { kind: "class" };
  return isFunctionPath(path) ? { kind: "function" } : { kind: "path", path };
}

export function isClassPath(path: string): boolean {
  return isKeras(path) && path.endsWith(".BatchNormalization");
}

export function isFunctionPath(path: string): boolean {
  return isKeras(path) && /\.ops\.(?:nn\.)?batch_normalization$/.test(path);
}
