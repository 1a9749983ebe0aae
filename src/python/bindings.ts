/**
 * @file What names of a file stand for, as far as finding Keras's layer needs it: imports,
 * assignments, and the scopes of functions and classes. Works on the grammar's tree alone, so that
 * a large file is never lowered for a hover.
 */
import type { SyntaxNode, Tree } from "@lezer/common";
import type { Span } from "./nodes.ts";

/** A name bound in a scope: to a dotted path of imported names, to an expression, or unknown. */
export interface Binding {
  readonly scope: SyntaxNode;
  /** From here on the name is bound. */
  readonly from: number;
  readonly path: string | null;
  readonly value: SyntaxNode | null;
}

/** What `import` names at a place in the text. */
export interface ImportedSymbol extends Span {
  readonly path: string;
}

const scopeNames = new Set([
  "FunctionDefinition",
  "LambdaExpression",
  "ClassDefinition",
  "ComprehensionExpression",
  "ArrayComprehensionExpression",
  "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
]);

/** What binds names. */
const binders = new Set([
  "ImportStatement",
  "AssignStatement",
  "NamedExpression",
  "UpdateStatement",
  "ForStatement",
  "WithStatement",
  "TryStatement",
  "ParamList",
  ...scopeNames,
]);

/** The bindings of one file. */
export class Bindings {
  readonly text: string;
  readonly imports: ImportedSymbol[] = [];
  readonly #byName = new Map<string, Binding[]>();
  readonly #starModules: string[] = [];

  constructor(text: string, tree: Tree) {
    this.text = text;
    const scopes = [tree.topNode];
    tree.iterate({
      enter: (found) => {
        // Most nodes bind nothing; only those that do are worth an object of their own.
        if (!binders.has(found.name)) return;
        while (scopes.length > 1 && scopes.at(-1)!.to <= found.from) scopes.pop();
        const { node } = found;
        this.#enter(node, scopes.at(-1)!);
        if (scopeNames.has(found.name)) scopes.push(node);
      },
    });
  }

  /**
   * What a name is bound to at an offset, or at the end of the file where there is none; undefined
   * for a name that the file does not bind.
   */
  lookup(name: string, offset: number | null): Binding | undefined {
    const inner = this.candidates(name, offset);
    return inner.findLast(({ from }) => offset === null || from <= offset) ?? inner[0];
  }

  /** Every binding of a name in the scope where it is found from an offset, in the text's order. */
  candidates(name: string, offset: number | null): readonly Binding[] {
    let smallest = Number.POSITIVE_INFINITY;
    let found: Binding[] = [];
    // Names such as `x` are bound thousands of times in a large file, and this is asked often.
    for (const binding of this.#byName.get(name) ?? []) {
      const { scope } = binding;
      const isFile = scope.name === "Script";
      if (offset === null ? !isFile : !isFile && (offset < scope.from || scope.to <= offset))
        continue;
      const size = scope.to - scope.from;
      if (size > smallest) continue;
      if (size < smallest) found = [];
      smallest = size;
      found.push(binding);
    }
    return found;
  }

  /** Whether a name is bound once, and for the whole file. */
  isGlobal(name: string): boolean {
    const bindings = this.#byName.get(name);
    return bindings?.length === 1 && bindings[0].scope.name === "Script";
  }

  /**
   * The expression that a name surely holds where it is used, or at the end of the file; null where
   * a branch, a loop or a function called in between can have bound it anew.
   */
  certainValue(name: string, use: SyntaxNode | null): SyntaxNode | null {
    const offset = use?.from ?? null;
    const binding = this.lookup(name, offset);
    if (!binding?.value || (offset !== null && binding.from > offset)) return null;
    const all = this.#byName.get(name)!.filter(({ scope }) => same(scope, binding.scope));
    if (use && !same(scopeOf(use), binding.scope) && all.length > 1) return null;
    const block = blockOf(binding.value);
    if (use ? !isWithin(use, block) : block?.name !== "Script") return null;
    for (let loop = use?.parent; loop; loop = loop.parent)
      if (loop.name === "ForStatement" || loop.name === "WhileStatement")
        if (all.some(({ from }) => from > offset! && from <= loop!.to)) return null;
    return binding.value;
  }

  /** Modules of `from module import *`, the last one first. */
  get starModules(): readonly string[] {
    return this.#starModules.toReversed();
  }

  #bind(name: string, binding: Binding): void {
    const bindings = this.#byName.get(name);
    if (bindings) bindings.push(binding);
    else this.#byName.set(name, [binding]);
  }

  #slice({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  #enter(node: SyntaxNode, scope: SyntaxNode): void {
    const { name } = node;
    if (name === "ImportStatement") this.#import(node, scope);
    else if (name === "AssignStatement") this.#assign(node, scope);
    else if (name === "NamedExpression") this.#named(node, scope);
    else if (name === "UpdateStatement") this.#unknown(node.firstChild, node.to, scope);
    else if (name === "ForStatement") this.#targets(node, "for", "in", scope);
    else if (name === "WithStatement") this.#aliases(node, scope);
    else if (name === "TryStatement") this.#aliases(node, scope);
    else if (name === "ParamList") this.#parameters(node);
    else if (name === "FunctionDefinition" || name === "ClassDefinition")
      this.#unknown(node.getChild("VariableName"), node.from, scope);
    else if (name.endsWith("ComprehensionExpression")) this.#targets(node, "for", "in", node);
  }

  /** `import a.b as c`, `from a import b as c` */
  #import(node: SyntaxNode, scope: SyntaxNode): void {
    const fromImport = node.firstChild?.name === "from";
    let module = "";
    let path = "";
    let root: SyntaxNode | null = null;
    let last: SyntaxNode | null = null;
    let alias: SyntaxNode | null = null;
    let inNames = !fromImport;
    const finish = () => {
      if (!last || !root) return;
      const full = fromImport ? `${module}.${path}` : path;
      const bound = alias ?? (fromImport ? last : root);
      const value = alias || fromImport ? full : this.#slice(root);
      this.imports.push({ from: last.from, to: last.to, path: full });
      if (alias) this.imports.push({ from: alias.from, to: alias.to, path: full });
      this.#bind(this.#slice(bound), { scope, from: node.to, path: value, value: null });
      path = "";
      root = last = alias = null;
    };
    let previous = "";
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const { name } = child;
      if (name === "import") inNames = true;
      else if (name === "*" && fromImport) this.#starModules.push(module);
      else if (name === ",") finish();
      else if (name === "." && !inNames) module += ".";
      else if (name === "VariableName") {
        const part = this.#slice(child);
        if (!inNames) module += part;
        else if (previous === "as") alias = child;
        else {
          root ??= child;
          last = child;
          path += path ? `.${part}` : part;
        }
      }
      previous = name;
    }
    finish();
  }

  /** `a = b = value`, `a, b = value, value` */
  #assign(node: SyntaxNode, scope: SyntaxNode): void {
    const groups: SyntaxNode[][] = [[]];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "AssignOp") groups.push([]);
      else if (child.name !== "TypeDef" && child.name !== "," && child.name !== "Comment")
        groups.at(-1)!.push(child);
    }
    const values = groups.pop()!;
    for (const targets of groups)
      for (const [index, target] of targets.entries())
        this.#target(target, targets.length === values.length ? values[index] : null, node, scope);
  }

  #named(node: SyntaxNode, scope: SyntaxNode): void {
    const target = node.firstChild;
    if (target) this.#target(target, node.lastChild, node, scope);
  }

  /** A name, or an attribute such as `self.bn`, which belongs to the class around. */
  #target(target: SyntaxNode, value: SyntaxNode | null, node: SyntaxNode, scope: SyntaxNode): void {
    const binding = { scope, from: node.to, path: null, value };
    if (target.name === "VariableName") this.#bind(this.#slice(target), binding);
    else if (target.name === "MemberExpression") {
      const key = this.attributeKey(target);
      if (key) this.#bind(key, { ...binding, scope: classScopeOf(node) });
    } else this.#unknown(target, node.to, scope);
  }

  /** Binds every name in a target to something unknown. */
  #unknown(target: SyntaxNode | null, from: number, scope: SyntaxNode): void {
    if (!target) return;
    if (target.name === "VariableName")
      this.#bind(this.#slice(target), { scope, from, path: null, value: null });
    else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(target.name))
      for (let child = target.firstChild; child; child = child.nextSibling)
        this.#unknown(child, from, scope);
  }

  /** The targets between two keywords, as in `for a, b in`. */
  #targets(node: SyntaxNode, start: string, end: string, scope: SyntaxNode): void {
    let inside = false;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === start) inside = true;
      else if (child.name === end) inside = false;
      // In a comprehension, the names hold in its element, which comes first.
      else if (inside) this.#unknown(child, scope === node ? node.from : child.to, scope);
    }
  }

  /** Names behind `as`. */
  #aliases(node: SyntaxNode, scope: SyntaxNode): void {
    for (let child = node.firstChild; child; child = child.nextSibling)
      if (child.name === "as") this.#unknown(child.nextSibling, child.to, scope);
  }

  #parameters(list: SyntaxNode): void {
    const scope = list.parent;
    if (!scope) return;
    for (const name of list.getChildren("VariableName"))
      if (name.prevSibling?.name !== "AssignOp") this.#unknown(name, scope.from, scope);
  }

  /** `self.bn`, without the spaces; null where the object is not a plain name. */
  attributeKey(node: SyntaxNode): string | null {
    let object: SyntaxNode | null = node;
    while (object?.name === "MemberExpression" && object.getChild(".")) object = object.firstChild;
    return object?.name === "VariableName" ? this.#slice(node).replace(/\s/g, "") : null;
  }
}

function scopeOf(node: SyntaxNode): SyntaxNode {
  let scope = node.parent;
  while (scope?.parent && !scopeNames.has(scope.name)) scope = scope.parent;
  return scope ?? node;
}

/** The block whose statements a node is in. */
function blockOf(node: SyntaxNode): SyntaxNode | null {
  let block = node.parent;
  while (block && block.name !== "Body" && block.name !== "Script") block = block.parent;
  return block;
}

function isWithin(node: SyntaxNode, block: SyntaxNode | null): boolean {
  for (let at: SyntaxNode | null = node; at && block; at = at.parent)
    if (same(at, block)) return true;
  return false;
}

function same(a: SyntaxNode, b: SyntaxNode): boolean {
  return a.from === b.from && a.to === b.to && a.name === b.name;
}

function classScopeOf(node: SyntaxNode): SyntaxNode {
  let scope = node.parent;
  while (scope?.parent && scope.name !== "ClassDefinition") scope = scope.parent;
  return scope ?? node;
}

/** Whether a dotted path leads into Keras, under any of the names it ships under. */
export function isKeras(path: string): boolean {
  return /^(?:(?:tensorflow\.)?(?:(?:python|compat\.v[12])\.)?keras|tf_keras|keras_core)\./.test(
    path,
  );
}
