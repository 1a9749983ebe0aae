/**
 * @file Answers about a kernel's variables between its cells. Nothing that a user wrote runs here.
 */
import type {
  InspectionAnswers,
  InspectionRequest,
  KernelState,
  MemberInfo,
  ValueSummary,
  VariablePath,
  VariableRow,
} from "../../shared/inspection.ts";
import { partsPerPage } from "../../shared/inspection.ts";
import { PythonModule } from "../functions.ts";
import { runInterruptibly } from "../interrupts.ts";
import { isDefinition, type Kernel } from "../kernel.ts";
import { Ufunc } from "../modules/numpy/ufuncs.ts";
import type { Value } from "../objects.ts";
import { typeName } from "../operations.ts";
import { codeOf } from "./code.ts";
import { keysOf, makeCatalog, memberInfo, valueMembers } from "./members.ts";
import { partsOf, valueAt } from "./paths.ts";
import { bareRow, detailsOf, rowOf, summarize } from "./rows.ts";

/** Variables that a view lists; a cell that makes more has a list or a dict to make. */
const mostRows = 1000;

/** Milliseconds that looking at one value may take; a loaded machine takes long over little. */
const patience = 1000;

/** Values that a page of parts summarizes altogether. */
const mostPartValues = 2 ** 22;

export class Inspector {
  readonly #session: Kernel;
  readonly #now: () => number;

  /** @param now Milliseconds. */
  constructor(session: Kernel, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  /** What there is now, without statistics: fast however large the values. */
  state(): KernelState {
    const rows: VariableRow[] = [];
    const names: MemberInfo[] = [];
    for (const [name, value] of this.#session.names) {
      if (name.startsWith("_")) continue;
      names.push(nameInfo(name, value));
      if (isDefinition(value) || value instanceof Ufunc || rows.length >= mostRows) continue;
      const path = { name, steps: [] };
      rows.push(this.#tried(() => rowOf(name, value, path)) ?? bareRow(name, value, path));
    }
    return { rows, names };
  }

  /** Statistics of one variable; null where it has none, or too many values. */
  summary(name: string): ValueSummary | null {
    const value = this.#session.names.get(name);
    return value === undefined ? null : this.#tried(() => summarize(value));
  }

  answer<Ask extends InspectionRequest["ask"]>(
    request: Extract<InspectionRequest, { ask: Ask }>,
  ): InspectionAnswers[Ask] {
    return this.#answer(request) as InspectionAnswers[Ask];
  }

  #answer(request: InspectionRequest): InspectionAnswers[InspectionRequest["ask"]] {
    switch (request.ask) {
      case "catalog":
        return makeCatalog(this.#session);
      case "delete":
        return this.#session.names.delete(request.name);
      case "parts":
        return this.#at(request.path, (value) => this.#parts(value, request.path, request.start));
      case "details":
        return this.#at(request.path, (value) =>
          detailsOf(labelOf(request.path), value, request.path),
        );
      case "members":
        return this.#at(request.path, valueMembers);
      case "keys":
        return this.#at(request.path, keysOf);
      case "code":
        return this.#at(request.path, (value) => codeOf(variableName(request.path), value));
    }
  }

  #at<T>(path: VariablePath, look: (value: Value) => T): T | null {
    return this.#tried(() => {
      const value = valueAt(this.#session.names, path);
      return value === undefined ? null : look(value);
    });
  }

  #parts(value: Value, { name, steps }: VariablePath, start: number): VariableRow[] {
    let left = mostPartValues;
    return partsOf(value, start, partsPerPage).map(({ label, value: part, step }) => {
      const row = rowOf(label, part, { name, steps: [...steps, step] });
      left -= row.shape?.reduce((size, length) => size * length, 1) ?? 0;
      return left < 0 ? row : { ...row, summary: summarize(part) };
    });
  }

  /** Null where it fails, or takes too long: a view can do without. */
  #tried<T>(look: () => T): T | null {
    const end = this.#now() + patience;
    try {
      return runInterruptibly(() => this.#now() > end, look);
    } catch {
      return null;
    }
  }
}

function nameInfo(name: string, value: Value): MemberInfo {
  const info = memberInfo(name, value, name);
  if (value instanceof PythonModule) return { ...info, path: value.name };
  return info.kind === "constant" ? { ...info, kind: "variable", type: typeName(value) } : info;
}

/** `bn.gamma`, `d['key']`, `[3]` for members by place. */
function labelOf({ name, steps }: VariablePath): string {
  return steps.reduce((text, step) => {
    if ("attribute" in step) return `${text}.${step.attribute}`;
    return `${text}[${"key" in step ? JSON.stringify(step.key) : step.item}]`;
  }, name);
}

/** A name for the copy of a part: `bn_gamma`. */
function variableName({ name, steps }: VariablePath): string {
  return steps.reduce((text, step) => {
    const part = "attribute" in step ? step.attribute : "key" in step ? step.key : step.item;
    return `${text}_${String(part).replace(/\W/gu, "_")}`;
  }, name);
}
