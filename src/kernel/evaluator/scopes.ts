/**
 * @file Scopes: which variable a name means, decided before anything runs, as Python decides it.
 */
import type {
  ComprehensionClause,
  Expression,
  Parameters,
  Pattern,
  StarPattern,
  Statement,
} from "../../python/nodes.ts";

/** Where a name's variable lives. */
export type Place =
  | { readonly kind: "global" }
  /** `depth` frames out, in slot `slot`. */
  | { readonly kind: "slot"; readonly depth: number; readonly slot: number };

export class Scope {
  readonly kind: "module" | "class" | "function" | "comprehension";
  readonly parent: Scope | null;
  readonly slots = new Map<string, number>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(kind: Scope["kind"], parent: Scope | null) {
    this.kind = kind;
    this.parent = parent;
  }

  declare(name: string): void {
    if (this.globals.has(name) || this.nonlocals.has(name) || this.slots.has(name)) return;
    this.slots.set(name, this.slots.size);
  }

  resolve(name: string): Place {
    let depth = 0;
    for (let scope: Scope | null = this; scope && scope.kind !== "module"; scope = scope.parent) {
      if (scope.globals.has(name)) return { kind: "global" };
      // The names of a class are not those of its methods, but for the class itself.
      const hidden = scope.kind === "class" && scope !== this && name !== classCell;
      const slot = hidden ? undefined : scope.slots.get(name);
      if (slot !== undefined) return { kind: "slot", depth, slot };
      depth++;
    }
    return { kind: "global" };
  }

  /** The scope in which a walrus inside of this one binds. */
  get binding(): Scope {
    return this.kind === "comprehension" ? this.parent!.binding : this;
  }
}

/** The scope of a function's body: parameters first, in their order, then all it assigns. */
export function functionScope(
  parent: Scope,
  parameters: Parameters,
  body: readonly Statement[] | Expression,
): Scope {
  const scope = new Scope("function", parent);
  for (const { name } of parameters.items) scope.declare(name);
  if (Array.isArray(body)) {
    declarations(body, scope);
    for (const name of bindings(body)) scope.declare(name);
  } else {
    for (const name of walrusNames(body)) scope.declare(name);
  }
  return scope;
}

/** The name by which methods know their class, the first slot of its scope. */
export const classCell = "__class__";

/** What a class notes of its annotated names. */
export const classAnnotations = "__annotations__";

/** The scope of a class's body. */
export function classScope(parent: Scope, body: readonly Statement[]): Scope {
  const scope = new Scope("class", parent);
  scope.declare(classCell);
  scope.declare(classAnnotations);
  declarations(body, scope);
  for (const name of bindings(body)) scope.declare(name);
  return scope;
}

/** The scope of a comprehension: the names that its `for`s bind. */
export function comprehensionScope(parent: Scope, clauses: readonly ComprehensionClause[]): Scope {
  const scope = new Scope("comprehension", parent);
  for (const { target } of clauses) for (const name of targetNames(target)) scope.declare(name);
  return scope;
}

/** `global` and `nonlocal` anywhere in the body. */
function declarations(body: readonly Statement[], scope: Scope): void {
  for (const statement of body) {
    if (statement.type === "Global") for (const name of statement.names) scope.globals.add(name);
    if (statement.type === "Nonlocal") {
      for (const name of statement.names) scope.nonlocals.add(name);
    }
    for (const inner of blocks(statement)) declarations(inner, scope);
  }
}

/** The blocks inside a compound statement, but not the body of a function. */
function blocks(statement: Statement): (readonly Statement[])[] {
  switch (statement.type) {
    case "If":
    case "For":
    case "While":
      return [statement.body, statement.otherwise];
    case "Try":
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        statement.finally,
      ];
    case "With":
      return [statement.body];
    case "Match":
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Every name that the statements bind in their own scope. */
export function bindings(body: readonly Statement[]): string[] {
  return body.flatMap((statement) => [
    ...ownBindings(statement),
    ...blocks(statement).flatMap(bindings),
  ]);
}

function ownBindings(statement: Statement): string[] {
  const walrus = walrusNames(statement);
  switch (statement.type) {
    case "Assign":
      return [...walrus, ...statement.targets.flatMap(targetNames)];
    case "AugmentedAssign":
    case "Declaration":
    case "For":
      return [...walrus, ...targetNames(statement.target)];
    case "Delete":
      return [...walrus, ...statement.targets.flatMap(targetNames)];
    case "With":
      return [
        ...walrus,
        ...statement.items.flatMap(({ target }) => (target ? targetNames(target) : [])),
      ];
    case "FunctionDefinition":
    case "ClassDefinition":
      return [...walrus, statement.name];
    case "Match":
      return [...walrus, ...statement.cases.flatMap(({ pattern }) => patternNames(pattern))];
    case "Import":
      return statement.names.map(({ name, alias }) => alias ?? name.split(".")[0]!);
    case "ImportFrom":
      return statement.names.map(({ name, alias }) => alias ?? name);
    case "Try":
      return [...walrus, ...statement.handlers.flatMap(({ name }) => (name ? [name] : []))];
    default:
      return walrus;
  }
}

/** Names that a pattern binds. */
function patternNames(pattern: Pattern | StarPattern): string[] {
  switch (pattern.type) {
    case "ValuePattern":
      return [];
    case "CapturePattern":
      return [
        ...(pattern.pattern ? patternNames(pattern.pattern) : []),
        ...(pattern.name === null ? [] : [pattern.name]),
      ];
    case "StarPattern":
      return pattern.name === null ? [] : [pattern.name];
    case "OrPattern":
      return pattern.alternatives.flatMap(patternNames);
    case "SequencePattern":
      return pattern.items.flatMap(patternNames);
    case "MappingPattern":
      return [
        ...pattern.entries.flatMap((entry) => patternNames(entry.pattern)),
        ...(pattern.rest === null ? [] : [pattern.rest]),
      ];
    case "ClassPattern":
      return [
        ...pattern.positional.flatMap(patternNames),
        ...pattern.keywords.flatMap((keyword) => patternNames(keyword.pattern)),
      ];
  }
}

/** Names that an assignment to the target binds. */
function targetNames(target: Expression): string[] {
  switch (target.type) {
    case "Name":
      return [target.id];
    case "Tuple":
    case "List":
      return target.items.flatMap(targetNames);
    case "Starred":
      return targetNames(target.value);
    default:
      return [];
  }
}

const statementBlocks = new Set(["body", "otherwise", "finally"]);

/** Names bound by `:=` in the node itself, comprehensions included, inner functions not. */
function walrusNames(node: unknown, names: string[] = []): string[] {
  if (Array.isArray(node)) for (const item of node) walrusNames(item, names);
  else if (typeof node === "object" && node !== null) namesWithin(node, names);
  return names;
}

function namesWithin(node: object, names: string[]): void {
  const { type } = node as { type?: unknown };
  if (type === "Named") names.push((node as { name: { id: string } }).name.id);
  const scoped = type === "Lambda" || type === "FunctionDefinition" || type === "ClassDefinition";
  for (const key of Object.keys(node)) {
    const child = (node as Record<string, unknown>)[key];
    if (typeof child !== "object" || child === null) continue;
    // Blocks are visited statement by statement; a conditional's `otherwise` is an expression.
    const isBlock = Array.isArray(child) && statementBlocks.has(key);
    if (!isBlock && !(scoped && key === "body")) walrusNames(child, names);
  }
}
