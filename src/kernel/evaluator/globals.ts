/**
 * @file The global names of cells. Code that is compiled finds each of its variables once, so that
 * running it looks no name up.
 */
import type { Value } from "../objects.ts";

/** The place of one global variable, which stays the same however often it is bound and deleted. */
export class GlobalVariable {
  readonly name: string;
  /** Undefined where not (or no longer) bound. */
  value: Value | undefined = undefined;

  constructor(name: string) {
    this.name = name;
  }
}

/** To everyone else a map of the bound names, in the order in which they were bound. */
export class Globals implements Map<string, Value> {
  /** All that code has ever named. */
  readonly #known = new Map<string, GlobalVariable>();
  readonly #bound = new Map<string, GlobalVariable>();

  /** The variable of that name, whether bound or not. */
  variable(name: string): GlobalVariable {
    let variable = this.#known.get(name);
    if (!variable) {
      variable = new GlobalVariable(name);
      this.#known.set(name, variable);
    }
    return variable;
  }

  /** Gives a variable its value. */
  assign(variable: GlobalVariable, value: Value): void {
    if (variable.value === undefined) this.#bound.set(variable.name, variable);
    variable.value = value;
  }

  get size(): number {
    return this.#bound.size;
  }

  get(name: string): Value | undefined {
    return this.#bound.get(name)?.value;
  }

  has(name: string): boolean {
    return this.#bound.has(name);
  }

  set(name: string, value: Value): this {
    this.assign(this.variable(name), value);
    return this;
  }

  delete(name: string): boolean {
    const variable = this.#bound.get(name);
    if (!variable) return false;
    variable.value = undefined;
    return this.#bound.delete(name);
  }

  clear(): void {
    for (const variable of this.#bound.values()) variable.value = undefined;
    this.#bound.clear();
  }

  keys(): MapIterator<string> {
    return this.#bound.keys();
  }

  *values(): MapIterator<Value> {
    for (const variable of this.#bound.values()) yield variable.value!;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const [name, variable] of this.#bound) yield [name, variable.value!];
  }

  forEach(visit: (value: Value, name: string, map: Map<string, Value>) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return "Globals";
  }
}
