/**
 * @file The signature of the call around a cursor, as data. Knows nothing of `vscode`.
 */
import { openCallAt } from "../python/cursor.ts";
import { type ParameterInfo, signatureLabel } from "../shared/inspection.ts";
import { type CellNames, layerType } from "./cellNames.ts";

export interface CellSignature {
  readonly label: string;
  readonly spans: readonly (readonly [from: number, to: number])[];
  /** The parameter at the cursor; null where the call has no such parameter. */
  readonly active: number | null;
  readonly path: string;
  readonly documentation: string | null;
}

/** Null outside of calls, and where the function or its parameters are not known. */
export function signatureAt(names: CellNames, text: string, offset: number): CellSignature | null {
  const call = openCallAt(text, offset);
  const callee = call?.callee && names.resolve(call.callee);
  if (callee?.kind !== "callable") return null;
  const { name, type, parameters, path, documentation } = callee.info;
  if (!parameters || type === layerType) return null;
  const { label, spans } = signatureLabel(name, parameters);
  const { index, keyword } = call!;
  const active = keyword === null ? placeOf(parameters, index) : keywordPlace(parameters, keyword);
  return { label, spans, active, path, documentation };
}

/** The parameter that takes the n-th positional argument. */
function placeOf(parameters: readonly ParameterInfo[], index: number): number | null {
  const star = parameters.findIndex(({ kind }) => kind === "star");
  const last = parameters.filter(
    ({ kind }) => kind === "positionalOnly" || kind === "normal",
  ).length;
  if (index < last && (star < 0 || index < star)) return index;
  return star < 0 ? null : star;
}

function keywordPlace(parameters: readonly ParameterInfo[], keyword: string): number | null {
  const found = parameters.findIndex(
    ({ name, kind }) => name === keyword && (kind === "normal" || kind === "keywordOnly"),
  );
  const rest = parameters.findIndex(({ kind }) => kind === "doubleStar");
  return found >= 0 ? found : rest >= 0 ? rest : null;
}
