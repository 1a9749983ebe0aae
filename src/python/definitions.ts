/**
 * @file Names that a cell's text binds, with what can be said of them before the cell has run.
 */
import { type Chain, chainOf } from "./chains.ts";
import type { Expression, Parameter, Statement } from "./nodes.ts";
import { parse } from "./parser.ts";

export interface Definition {
  readonly name: string;
  readonly kind: "import" | "function" | "class" | "variable";
  /** Of an import: the dotted name of what was imported. */
  readonly path: string | null;
  /** Of a function: its parameters, as written. */
  readonly parameters:
    | readonly { readonly name: string; readonly kind: Parameter["kind"]; readonly text: string }[]
    | null;
  readonly documentation: string | null;
  /** Of a variable: what was assigned, where that is a chain. */
  readonly value: Chain | null;
}

/**
 * The names bound at an offset of a text, or at its end: of the whole module what stands before, of
 * the functions around the offset everything. Later definitions replace earlier ones.
 */
export function definitionsIn(text: string, offset = text.length): Map<string, Definition> {
  const collector = new Collector(text, offset);
  collector.block(parse(text).module.body, false);
  return collector.found;
}

class Collector {
  readonly text: string;
  readonly offset: number;
  readonly found = new Map<string, Definition>();

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
  }

  /** @param all Whether names below the offset count, as in a function around it. */
  block(body: readonly Statement[], all: boolean): void {
    for (const statement of body) {
      if (!all && statement.from >= this.offset) return;
      this.statement(statement, all);
    }
  }

  statement(statement: Statement, all: boolean): void {
    switch (statement.type) {
      case "Import":
        for (const { name, alias } of statement.names) {
          const root = name.split(".")[0]!;
          this.add(alias ?? root, { kind: "import", path: alias ? name : root });
        }
        return;
      case "ImportFrom":
        for (const { name, alias } of statement.names) {
          if (name === "*") continue;
          this.add(alias ?? name, { kind: "import", path: `${statement.module}.${name}` });
        }
        return;
      case "Assign":
        // The line that is being typed binds nothing yet.
        if (!all && statement.to >= this.offset && statement.from < this.offset) return;
        for (const target of statement.targets) this.target(target, statement.value);
        return;
      case "AugmentedAssign":
      case "Declaration":
        this.target(statement.target, null);
        return;
      case "For":
        this.target(statement.target, null);
        this.block(statement.body, all);
        this.block(statement.otherwise, all);
        return;
      case "While":
      case "If":
        this.block(statement.body, all);
        this.block(statement.otherwise, all);
        return;
      case "With":
        for (const { target } of statement.items) if (target) this.target(target, null);
        this.block(statement.body, all);
        return;
      case "Try":
        this.block(statement.body, all);
        for (const handler of statement.handlers) {
          const around = handler.from < this.offset && this.offset <= handler.to;
          if (handler.name !== null && around) this.add(handler.name, { kind: "variable" });
          this.block(handler.body, all);
        }
        this.block(statement.otherwise, all);
        this.block(statement.finally, all);
        return;
      case "FunctionDefinition":
        this.function(statement);
        return;
      case "Delete":
        for (const target of statement.targets) {
          if (target.type === "Name" && !all) this.found.delete(target.id);
        }
    }
  }

  function(statement: Extract<Statement, { type: "FunctionDefinition" }>): void {
    const { name, parameters, body } = statement;
    const [first] = body;
    const documented = first?.type === "ExpressionStatement" && first.value.type === "Text";
    this.add(name, {
      kind: "function",
      parameters: parameters.items.map((parameter) => ({
        name: parameter.name,
        kind: parameter.kind,
        text: this.parameterText(parameter),
      })),
      documentation: documented ? (first.value as { value: string }).value : null,
    });
    const inside = statement.nameSpan.to < this.offset && this.offset <= this.endOf(statement);
    if (!inside) return;
    for (const parameter of parameters.items) this.add(parameter.name, { kind: "variable" });
    this.block(body, true);
  }

  /** A function goes on over lines that are only indented, where its next statement is typed. */
  endOf({ from, to }: Statement): number {
    const end = from + this.text.slice(from, to).trimEnd().length;
    const column = from - (this.text.lastIndexOf("\n", from - 1) + 1);
    const indented = `[ \\t]{${column + 1},}[^\\n]*`;
    const more = new RegExp(`^(?:[ \\t]*\\r?\\n(?:${indented})?)*\\n${indented}`);
    return end + (more.exec(this.text.slice(end))?.[0].length ?? 0);
  }

  parameterText({ name, kind, default: value }: Parameter): string {
    const stars = kind === "star" ? "*" : kind === "doubleStar" ? "**" : "";
    const text = value ? `=${this.text.slice(value.from, value.to)}` : "";
    return `${stars}${name}${text}`;
  }

  target(target: Expression, value: Expression | null): void {
    if (target.type === "Name") {
      this.add(target.id, { kind: "variable", value: value && chainOf(value) });
    } else if (target.type === "Tuple" || target.type === "List") {
      const values = value?.type === "Tuple" || value?.type === "List" ? value.items : [];
      const paired = values.length === target.items.length;
      for (const [index, item] of target.items.entries()) {
        this.target(item, paired ? values[index]! : null);
      }
    } else if (target.type === "Starred") this.target(target.value, null);
  }

  add(name: string, facts: Pick<Definition, "kind"> & Partial<Definition>): void {
    const nothing = { path: null, parameters: null, documentation: null, value: null };
    this.found.set(name, { ...nothing, ...facts, name });
  }
}
