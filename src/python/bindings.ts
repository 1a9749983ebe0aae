/**
 * @file What names of a file stand for, as far as finding Keras's layer needs it: imports,
 * assignments, and the scopes of functions and classes. Works on the grammar's tree alone, so that
 * a large file is never lowered for a hover.
 */
import type { SyntaxNode, Tree, TreeCursor } from "@lezer/common";
import { bindingPlaces, hasPlaceIn, isAttributeAssigned } from "./bindingPlaces.ts";
import { importedPath } from "./kerasPaths.ts";
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

/** What has statements in it; of all others the parts are looked at only for `:=`. */
const compound = new Set([
  "Script",
  "Body",
  "IfStatement",
  "WhileStatement",
  "ForStatement",
  "TryStatement",
  "WithStatement",
  "MatchStatement",
  "MatchBody",
  "MatchClause",
  "DecoratedStatement",
  "StatementGroup",
]);

/** The names of one scope. */
type Names = Map<string, Binding[]>;

/**
 * The bindings of one file. A scope is looked at when a name is asked for that it, or a scope in it,
 * can bind: in a large file, an answer costs no more than the scopes around its place.
 */
export class Bindings {
  readonly text: string;
  readonly #tree: Tree;
  readonly #names = new Map<number, Names>();
  readonly #attributes = new Map<number, Names>();
  readonly #places = new Map<string, readonly number[]>();
  readonly #assigned = new Map<string, boolean>();
  readonly #stars: ImportedSymbol[] = [];
  /** Whether expressions can bind names. */
  readonly #named: boolean;

  constructor(text: string, tree: Tree) {
    this.text = text;
    this.#tree = tree;
    this.#named = text.includes(":=");
  }

  /**
   * What a name is bound to where a node uses it, or at the end of the file where there is none;
   * undefined for a name that the file does not bind.
   */
  lookup(name: string, use: SyntaxNode | null): Binding | undefined {
    const inner = this.candidates(name, use);
    if (!use || inner.length < 2) return inner.at(-1);
    // Names such as `x` are bound thousands of times in a large file, and this is asked often.
    let [low, high] = [0, inner.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inner[middle].from <= use.from) low = middle + 1;
      else high = middle;
    }
    return inner[Math.max(low - 1, 0)];
  }

  /** Every binding of a name in the scope where a node finds it, in the text's order. */
  candidates(name: string, use: SyntaxNode | null): readonly Binding[] {
    const attribute = name.includes(".");
    if (attribute && !this.#isAssigned(name.slice(name.lastIndexOf(".") + 1))) return [];
    const places = attribute ? null : this.#placesOf(name);
    for (let at = use; at; at = at.parent) {
      if (!scopeNames.has(at.name) || (places && !hasPlaceIn(at, places))) continue;
      const found = this.#bindingsIn(at, name, attribute);
      if (found) return found;
    }
    return this.#bindingsIn(this.#tree.topNode, name, attribute) ?? [];
  }

  /**
   * Every binding of a name but those to `None`, which stand for a module that is not installed and
   * which no call can mean.
   */
  callable(name: string, use: SyntaxNode | null): readonly Binding[] {
    return this.candidates(name, use).filter(({ value }) => value?.name !== "None");
  }

  /** Whether a name means the same where a node uses it as in the whole file: it is bound once. */
  isGlobal(name: string, use: SyntaxNode): boolean {
    const bindings = this.candidates(name, use);
    return bindings.length === 1 && bindings[0].scope.name === "Script";
  }

  /**
   * The expression that a name surely holds where it is used, or at the end of the file; null where
   * a branch, a loop or a function called in between can have bound it anew.
   */
  certainValue(name: string, use: SyntaxNode | null): SyntaxNode | null {
    const binding = this.lookup(name, use);
    if (!binding?.value || (use && binding.from > use.from)) return null;
    const all = this.candidates(name, use);
    if (use && !same(scopeOf(use), binding.scope) && all.length > 1) return null;
    const block = blockOf(binding.value);
    if (use ? !isWithin(use, block) : block?.name !== "Script") return null;
    for (let loop = use?.parent; loop; loop = loop.parent)
      if (loop.name === "ForStatement" || loop.name === "WhileStatement")
        if (all.some(({ from }) => from > use!.from && from <= loop!.to)) return null;
    return binding.value;
  }

  /** Every `from module import *` with its module's path, the last one first. */
  get stars(): readonly ImportedSymbol[] {
    this.#namesOf(this.#tree.topNode);
    return this.#stars.toReversed();
  }

  /** What the names of an import statement stand for. */
  importedBy(statement: SyntaxNode): readonly ImportedSymbol[] {
    return [...this.#imported(statement)].flatMap(({ symbols }) => symbols);
  }

  #bindingsIn(scope: SyntaxNode, name: string, attribute: boolean): Binding[] | undefined {
    if (!attribute) return this.#namesOf(scope).get(name);
    const owns = scope.name === "ClassDefinition" || scope.name === "Script";
    return owns ? this.#attributesOf(scope).get(name) : undefined;
  }

  /** The names that a scope binds itself. */
  #namesOf(scope: SyntaxNode): Names {
    const key = keyOf(scope);
    const known = this.#names.get(key);
    if (known) return known;
    const names: Names = new Map();
    this.#names.set(key, names);
    const bind = binder(names, scope);
    if (scope.name.endsWith("ComprehensionExpression")) this.#targets(scope, scope.from, bind);
    this.#walk(scope, (found) => this.#enter(found, bind));
    for (const bindings of names.values()) sort(bindings);
    return names;
  }

  #placesOf(name: string): readonly number[] {
    const known = this.#places.get(name) ?? bindingPlaces(name, this.text);
    this.#places.set(name, known);
    return known;
  }

  #isAssigned(attribute: string): boolean {
    const known = this.#assigned.get(attribute) ?? isAttributeAssigned(attribute, this.text);
    this.#assigned.set(attribute, known);
    return known;
  }

  /** The attributes that are assigned in a class, or in the file outside of classes. */
  #attributesOf(owner: SyntaxNode): Names {
    const key = keyOf(owner);
    const known = this.#attributes.get(key);
    if (known) return known;
    const names: Names = new Map();
    this.#attributes.set(key, names);
    const bind = binder(names, owner);
    const cursor = owner.cursor();
    cursor.iterate((found) => {
      if (found.name === "ClassDefinition")
        return found.from === owner.from && found.to === owner.to;
      if (found.name === "AssignStatement" && assignsAttribute(cursor))
        this.#assign(found.node, ignore, bind);
      return this.#named || !isExpression(found.name);
    });
    for (const bindings of names.values()) sort(bindings);
    return names;
  }

  /** Visits what can bind names in a scope, without the scopes in it. */
  #walk(scope: SyntaxNode, visit: (found: TreeCursor) => void): void {
    const cursor = scope.cursor();
    cursor.iterate(({ name, from, to }) => {
      if (from === scope.from && to === scope.to && name === scope.name) return true;
      visit(cursor);
      return !scopeNames.has(name) && (this.#named || compound.has(name));
    });
  }

  #slice({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  #enter(found: TreeCursor, bind: Bind): void {
    switch (found.name) {
      case "ImportStatement":
        for (const { name, path } of this.#imported(found.node))
          if (name === "*") this.#stars.push({ from: found.from, to: found.to, path });
          else bind(name, found.to, { path });
        break;
      case "AssignStatement":
        if (!this.#plainAssign(found, bind)) this.#assign(found.node, bind, ignore);
        break;
      case "NamedExpression":
        this.#target(found.node.firstChild, found.node.lastChild, found.to, bind);
        break;
      case "ArgList":
        // `f(x := 3)` has no expression of its own in the grammar.
        for (const operator of found.node.getChildren("AssignOp"))
          if (this.#slice(operator) === ":=")
            this.#target(operator.prevSibling, operator.nextSibling, operator.to, bind);
        break;
      case "UpdateStatement":
        this.#target(found.node.firstChild, null, found.to, bind);
        break;
      case "ForStatement":
        this.#targets(found.node, null, bind);
        break;
      case "WithStatement":
      case "TryStatement":
        this.#aliases(found.node, bind);
        break;
      case "ParamList":
        this.#parameters(found.node, bind);
        break;
      case "FunctionDefinition":
      case "ClassDefinition":
        this.#target(found.node.getChild("VariableName"), null, found.from, bind);
        break;
    }
  }

  /** `import a.b as c`, `from a import b as c`; a star for all of a module. */
  *#imported(node: SyntaxNode): Generator<Imported> {
    const fromImport = node.firstChild?.name === "from";
    let module = "";
    let path = "";
    let root: SyntaxNode | null = null;
    let last: SyntaxNode | null = null;
    let alias: SyntaxNode | null = null;
    let inNames = !fromImport;
    const finished = (): Imported[] => {
      if (!last || !root) return [];
      const full = fromImport ? importedPath(module, path) : path;
      const bound = alias ?? (fromImport ? last : root);
      const symbols = (alias ? [last, alias] : [last]).map(({ from, to }) => ({
        from,
        to,
        path: full,
      }));
      const meant = alias || fromImport ? full : this.#slice(root);
      path = "";
      root = last = alias = null;
      return [{ name: this.#slice(bound), path: meant, symbols }];
    };
    let previous = "";
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const { name } = child;
      if (name === "import") inNames = true;
      else if (name === "*" && fromImport) yield { name: "*", path: module, symbols: [] };
      else if (name === ",") yield* finished();
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
    yield* finished();
  }

  /**
   * `name = value`, without an object for each of its parts: of thousands of such statements in a
   * large file, the value of one or two is asked for. False for any other assignment.
   */
  #plainAssign(statement: TreeCursor, bind: Bind): boolean {
    const { from, to } = statement;
    statement.firstChild();
    const isName = statement.name === "VariableName";
    const name = isName ? this.#slice(statement) : "";
    const isPlain = isName && statement.nextSibling() && statement.type.is("AssignOp");
    const start = isPlain && statement.nextSibling() ? statement.from : -1;
    const isOnly = start >= 0 && !statement.type.isError && !statement.nextSibling();
    statement.parent();
    if (!isOnly) return false;
    bind(name, to, { late: () => this.#partOf(from, to, start) });
    return true;
  }

  /** The part that begins at an offset, of the assignment at a place. */
  #partOf(from: number, to: number, start: number): SyntaxNode | null {
    let at: SyntaxNode | null = this.#tree.resolveInner(start, 1);
    const isPart = ({ parent }: SyntaxNode) =>
      parent?.name === "AssignStatement" && parent.from === from && parent.to === to;
    while (at && !isPart(at)) at = at.parent;
    return at;
  }

  /** `a = b = value`, `a, b = value, value`, `self.a = value` */
  #assign(node: SyntaxNode, bind: Bind, bindAttribute: Bind): void {
    const groups: SyntaxNode[][] = [[]];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "AssignOp") groups.push([]);
      else if (child.name !== "TypeDef" && child.name !== "," && child.name !== "Comment")
        groups.at(-1)!.push(child);
    }
    const values = groups.pop()!;
    for (const targets of groups)
      for (const [index, target] of targets.entries()) {
        const value = targets.length === values.length ? values[index] : null;
        if (target.name === "MemberExpression") {
          const key = bindAttribute === ignore ? null : this.attributeKey(target);
          if (key) bindAttribute(key, node.to, { value });
        } else this.#target(target, value, node.to, bind);
      }
  }

  /** A name, or several in a tuple or list, which then hold something unknown. */
  #target(target: SyntaxNode | null, value: SyntaxNode | null, from: number, bind: Bind): void {
    if (target?.name === "VariableName") bind(this.#slice(target), from, { value });
    else if (target && /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.name))
      for (let child = target.firstChild; child; child = child.nextSibling)
        this.#target(child, null, from, bind);
  }

  /**
   * The targets between `for` and `in`. `from`: where they are bound from, for a comprehension, whose
   * element comes first.
   */
  #targets(node: SyntaxNode, from: number | null, bind: Bind): void {
    let inside = false;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "for") inside = true;
      else if (child.name === "in") inside = false;
      else if (inside) this.#target(child, null, from ?? child.to, bind);
    }
  }

  /** Names behind `as`. */
  #aliases(node: SyntaxNode, bind: Bind): void {
    for (let child = node.firstChild; child; child = child.nextSibling)
      if (child.name === "as" && child.nextSibling)
        this.#target(child.nextSibling, null, child.to, bind);
  }

  #parameters(list: SyntaxNode, bind: Bind): void {
    for (const name of list.getChildren("VariableName"))
      if (name.prevSibling?.name !== "AssignOp")
        this.#target(name, null, list.parent?.from ?? list.from, bind);
  }

  /** `self.bn`, without the spaces; null where the object is not a plain name. */
  attributeKey(node: SyntaxNode): string | null {
    let object: SyntaxNode | null = node;
    while (object?.name === "MemberExpression" && object.getChild(".")) object = object.firstChild;
    return object?.name === "VariableName" ? this.#slice(node).replace(/\s/g, "") : null;
  }
}

/** Whether an assignment has an attribute among its targets; the cursor is where it was afterwards. */
function assignsAttribute(cursor: TreeCursor): boolean {
  if (!cursor.firstChild()) return false;
  let [hasAttribute, assigns] = [false, false];
  do {
    if (cursor.name === "MemberExpression") hasAttribute = true;
    else if (cursor.name === "AssignOp") assigns ||= hasAttribute;
  } while (cursor.nextSibling());
  cursor.parent();
  return assigns;
}

const expressions = new Map<string, boolean>();

/** Whether a node of a name is part of an expression; each name is looked at once. */
function isExpression(name: string): boolean {
  const known = expressions.get(name);
  if (known !== undefined) return known;
  const found = /Expression$|^ArgList$/.test(name);
  expressions.set(name, found);
  return found;
}

interface Imported {
  readonly name: string;
  readonly path: string;
  readonly symbols: readonly ImportedSymbol[];
}

interface Bound {
  readonly path?: string;
  readonly value?: SyntaxNode | null;
  /** The value, for who asks for it. */
  readonly late?: () => SyntaxNode | null;
}

type Bind = (name: string, from: number, to: Bound) => void;

function ignore(): void {}

class KnownBinding implements Binding {
  readonly scope: SyntaxNode;
  readonly from: number;
  readonly path: string | null;
  #value: SyntaxNode | null;
  #late: (() => SyntaxNode | null) | undefined;

  constructor(scope: SyntaxNode, from: number, { path, value, late }: Bound) {
    this.scope = scope;
    this.from = from;
    this.path = path ?? null;
    this.#value = value ?? null;
    this.#late = late;
  }

  get value(): SyntaxNode | null {
    if (this.#late) {
      this.#value = this.#late();
      this.#late = undefined;
    }
    return this.#value;
  }
}

function binder(names: Names, scope: SyntaxNode): Bind {
  return (name, from, to) => {
    const binding = new KnownBinding(scope, from, to);
    const bindings = names.get(name);
    if (bindings) bindings.push(binding);
    else names.set(name, [binding]);
  };
}

/** By where they hold from; of two from the same place, the later one stays last. */
function sort(bindings: Binding[]): void {
  if (bindings.some(({ from }, index) => index > 0 && from < bindings[index - 1].from))
    bindings.sort((a, b) => a.from - b.from);
}

/** A number for each scope: no two of them, save a file and all that is in it, span the same text. */
function keyOf({ name, from, to }: SyntaxNode): number {
  return (from * 2 ** 26 + to) * 2 + +(name === "Script");
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
