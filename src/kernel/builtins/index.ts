/**
 * @file The names that every cell has without importing anything.
 */
import { format } from "../../shared/strings.ts";
import { objectClass, PyClass } from "../classes.ts";
import { ellipsis } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { builtin } from "../functions.ts";
import type { Value } from "../objects.ts";
import type { Session } from "../session.ts";
import { bytesClass } from "../types/bytes.ts";
import { typeClass } from "../types/callables.ts";
import { listClass, tupleClass } from "../types/containers.ts";
import {
  classMethodClass,
  propertyClass,
  staticMethodClass,
  superClass,
} from "../types/descriptors.ts";
import { dictClass } from "../types/dicts.ts";
import { notImplemented } from "../types/none.ts";
import { booleanClass, floatClass, integerClass } from "../types/numbers.ts";
import { rangeClass, sliceClass } from "../types/ranges.ts";
import { frozenSetClass, setClass } from "../types/sets.ts";
import { stringClass } from "../types/strings.ts";
import { inputAndOutput } from "./inputAndOutput.ts";
import { introspection } from "./introspection.ts";
import { iteration } from "./iteration.ts";
import { numeric } from "./numeric.ts";

/** A class to compare with, of which there are no instances here. */
function refusedClass({ strings }: Session, name: string): PyClass {
  return new PyClass(name, {
    construct: () => {
      throw pythonError("NotImplementedError", format(strings.unsupportedName, `${name}()`));
    },
  });
}

/** The built-in names of a session, by name. */
export function makeBuiltins(session: Session): Map<string, Value> {
  const refused = ["bytearray", "complex", "memoryview"].map((name) => refusedClass(session, name));
  const classes = [
    ...refused,
    objectClass,
    typeClass,
    booleanClass,
    integerClass,
    floatClass,
    stringClass,
    bytesClass,
    listClass,
    tupleClass,
    dictClass,
    setClass,
    frozenSetClass,
    rangeClass,
    sliceClass,
    propertyClass,
    staticMethodClass,
    classMethodClass,
    superClass,
    ...Object.values(exceptionClasses),
  ];
  return new Map<string, Value>([
    ...["exit", "quit"].map(
      (name) =>
        [
          name,
          builtin(`${name}(code=None)`, ({ code }) => {
            throw new PyException(exceptionClasses.SystemExit, [code!]);
          }),
        ] as const,
    ),
    ...classes.map((type) => [type.name, type] as const),
    ["Ellipsis", ellipsis],
    ["NotImplemented", notImplemented],
    ["IOError", exceptionClasses.OSError],
    ["EnvironmentError", exceptionClasses.OSError],
    ["__name__", "__main__"],
    ["__doc__", null],
    ...[...numeric, ...iteration, ...introspection(session), ...inputAndOutput(session)].map(
      (entry) => [entry.name, entry] as const,
    ),
  ]);
}
