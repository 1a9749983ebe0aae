/**
 * @file Signatures of what cells call, for people to read: the same tables that bind arguments.
 */
import type { ParameterInfo } from "../../shared/inspection.ts";
import { PyClass } from "../classes.ts";
import { PyFunction } from "../evaluator/functions.ts";
import { Builtin } from "../functions.ts";
import { Ufunc } from "../modules/numpy/ufuncs.ts";
import type { Value } from "../objects.ts";
import { repr } from "../operations.ts";
import type { SignatureParameter } from "../signature.ts";

/** The parameters of a callable value; null where it has none that are known. */
export function parametersOf(value: Value): readonly ParameterInfo[] | null {
  if (value instanceof PyFunction) {
    const { parameters } = value.code.signature;
    return parameters.map((parameter, index) => {
      const fallback = value.defaults[index];
      return info(parameter, fallback === undefined ? null : shortDefault(fallback));
    });
  }
  if (value instanceof PyClass && value.subclassable) {
    const initialize = value.find("__init__");
    return initialize instanceof PyFunction ? parametersOf(initialize)!.slice(1) : null;
  }
  if (value instanceof Builtin || value instanceof Ufunc || value instanceof PyClass) {
    const { signature } = value;
    if (!signature) return null;
    return signature.parameters
      .filter(({ name, kind }) => name !== "self" || kind !== "normal")
      .map((parameter) => info(parameter, defaultText(parameter)));
  }
  return null;
}

function defaultText({ required, kind, default: value }: SignatureParameter): string | null {
  if (required || kind === "star" || kind === "doubleStar") return null;
  return value === undefined ? "..." : repr(value);
}

/** Any value can be the default of a function written in a cell. */
function shortDefault(value: Value): string {
  const text = repr(value);
  return text.length > 40 || text.includes("\n") ? "..." : text;
}

function info({ name, kind }: SignatureParameter, fallback: string | null): ParameterInfo {
  const stars = kind === "star" ? "*" : kind === "doubleStar" ? "**" : "";
  return { name, kind, text: `${stars}${name}${fallback === null ? "" : `=${fallback}`}` };
}
