/**
 * @file What the names of a cell stand for: live values where a kernel has them, what the text above
 * says where it has not run yet, and the kernel's own modules. Knows nothing of `vscode`.
 */
import type { Chain, Link } from "../python/chains.ts";
import { openCallAt } from "../python/cursor.ts";
import { type Definition, definitionsIn } from "../python/definitions.ts";
import type { Catalog, KernelState, MemberInfo, VariablePath } from "../shared/inspection.ts";
import { returnTypes } from "./returnTypes.ts";

/** What a chain leads to. */
export type Found =
  | { readonly kind: "module"; readonly path: string }
  | { readonly kind: "callable"; readonly info: MemberInfo }
  | {
      readonly kind: "value";
      /** Python's type name; null where it is not known. */
      readonly type: string | null;
      /** Where the kernel has it. */
      readonly live: VariablePath | null;
    };

/** How far assignments are followed; also ends circles such as `x = x`. */
const maximumSteps = 20;

/** The layer whose own call documents its arguments elsewhere. */
export const layerType = "BatchNormalization";

export class CellNames {
  readonly catalog: Catalog;
  readonly #live: ReadonlyMap<string, MemberInfo>;
  readonly #defined: ReadonlyMap<string, Definition>;
  readonly #builtins: ReadonlyMap<string, MemberInfo>;

  /**
   * @param state Null where no kernel has run yet.
   * @param earlier The texts of the notebook's cells before this one.
   */
  constructor(
    catalog: Catalog,
    state: KernelState | null,
    earlier: readonly string[],
    text: string,
    offset: number,
  ) {
    this.catalog = catalog;
    this.#live = byName(state?.names ?? []);
    this.#builtins = byName(catalog.builtins);
    this.#defined = new Map([
      ...earlier.flatMap((cell) => [...definitionsOfCell(cell)]),
      ...definitionsIn(text, offset),
    ]);
  }

  /** Every name that can be used here. */
  all(): MemberInfo[] {
    const names = new Map<string, MemberInfo>(this.#builtins);
    for (const name of new Set([...this.#live.keys(), ...this.#defined.keys()])) {
      names.set(name, this.#describe(name));
    }
    return [...names.values()];
  }

  #describe(name: string): MemberInfo {
    const found = this.resolve({ base: { name }, links: [] });
    const plain = { name, parameters: null, documentation: null };
    if (found?.kind === "module") return { ...plain, kind: "module", type: null, path: found.path };
    if (found?.kind === "callable") return { ...found.info, name };
    return { ...plain, kind: "variable", type: found?.type ?? null, path: name };
  }

  /** What a chain leads to; null where that is not known. */
  resolve(chain: Chain, steps = 0): Found | null {
    if (steps > maximumSteps) return null;
    let found = this.#base(chain.base, steps);
    for (const link of chain.links) {
      if (!found) return null;
      found = this.#follow(found, link);
    }
    return found;
  }

  #base(base: Chain["base"], steps: number): Found | null {
    if ("literal" in base) return { kind: "value", type: base.literal, live: null };
    const { name } = base;
    const defined = this.#defined.get(name);
    // The text knows under which name a function was imported, the value does not.
    const imported = defined?.path ? this.#imported(defined.path) : null;
    if (imported) return imported;
    const live = this.#live.get(name);
    if (live) return this.#liveValue(live);
    if (defined) return this.#ofText(defined, steps);
    const builtin = this.#builtins.get(name);
    return builtin ? memberFound(builtin) : null;
  }

  #liveValue(info: MemberInfo): Found {
    if (info.kind === "module") return { kind: "module", path: info.path };
    if (info.kind === "function" || info.kind === "class") return { kind: "callable", info };
    return { kind: "value", type: info.type, live: { name: info.name, steps: [] } };
  }

  #ofText(definition: Definition, steps: number): Found | null {
    const { name, kind, parameters, documentation, value } = definition;
    if (kind === "function") {
      const info = { name, kind, type: null, parameters, path: name, documentation } as const;
      return { kind: "callable", info };
    }
    return value && this.resolve(value, steps + 1);
  }

  #imported(path: string): Found | null {
    if (Object.hasOwn(this.catalog.modules, path)) return { kind: "module", path };
    const dot = path.lastIndexOf(".");
    const member = dot > 0 ? this.member(path.slice(0, dot), path.slice(dot + 1)) : undefined;
    return member ? memberFound(member) : null;
  }

  /**
   * Whether an offset is among the arguments of a call that makes the layer: these are explained and
   * completed by the layer's own documentation, in any Python file.
   */
  isLayerArgument(text: string, offset: number): boolean {
    const callee = openCallAt(text, offset)?.callee;
    const found = callee && this.resolve(callee);
    return found?.kind === "callable" && found.info.type === layerType;
  }

  /** A member of a module. */
  member(module: string, name: string): MemberInfo | undefined {
    return this.modules(module).find((each) => each.name === name);
  }

  /** The members of a module, by its own name or by one that it is imported under. */
  modules(path: string): readonly MemberInfo[] {
    const { modules } = this.catalog;
    if (Object.hasOwn(modules, path)) return modules[path]!;
    // `tensorflow.keras.layers` is `keras.layers`.
    const [root, ...rest] = path.split(".");
    let at = root!;
    for (const name of rest) {
      const next = modules[at]?.find((each) => each.name === name && each.kind === "module");
      if (!next) return [];
      at = next.path;
    }
    return Object.hasOwn(modules, at) ? modules[at]! : [];
  }

  /** Attributes and methods of a type's instances. */
  typeMembers(type: string | null): readonly MemberInfo[] {
    if (type === null) return [];
    const { types } = this.catalog;
    if (Object.hasOwn(types, type)) return types[type]!;
    // NumPy's scalars have the same members, whatever their width.
    return /^(?:float|u?int)\d+$/.test(type) ? types["float32"]! : [];
  }

  #follow(found: Found, link: Link): Found | null {
    if ("call" in link) return this.#called(found);
    if ("key" in link) {
      if (found.kind !== "value" || !found.live) return null;
      const { name, steps } = found.live;
      return { kind: "value", type: null, live: { name, steps: [...steps, { key: link.key }] } };
    }
    if (found.kind === "module") {
      const member = this.modules(found.path).find(({ name }) => name === link.attribute);
      return member ? memberFound(member) : null;
    }
    if (found.kind === "callable") return null;
    const member = this.typeMembers(found.type).find(({ name }) => name === link.attribute);
    if (member?.kind === "method") return { kind: "callable", info: member };
    const step = { attribute: link.attribute };
    const live = found.live && { name: found.live.name, steps: [...found.live.steps, step] };
    return member || live ? { kind: "value", type: member?.type ?? null, live } : null;
  }

  #called(found: Found): Found | null {
    if (found.kind === "value") {
      return found.type === layerType ? { kind: "value", type: "ndarray", live: null } : null;
    }
    if (found.kind === "module") return null;
    const { kind, type, path } = found.info;
    const given = kind === "class" ? type : returnTypes.get(path);
    return given ? { kind: "value", type: given, live: null } : null;
  }
}

function memberFound(info: MemberInfo): Found {
  if (info.kind === "module") return { kind: "module", path: info.path };
  if (info.kind === "constant" || info.kind === "property") {
    return { kind: "value", type: info.type, live: null };
  }
  return { kind: "callable", info };
}

function byName(members: readonly MemberInfo[]): Map<string, MemberInfo> {
  return new Map(members.map((member) => [member.name, member]));
}

/** Cells that have not changed are not read again. */
const known = new Map<string, ReadonlyMap<string, Definition>>();
const mostKnown = 500;

function definitionsOfCell(text: string): ReadonlyMap<string, Definition> {
  let found = known.get(text);
  if (!found) {
    found = definitionsIn(text);
    if (known.size >= mostKnown) known.clear();
    known.set(text, found);
  }
  return found;
}
