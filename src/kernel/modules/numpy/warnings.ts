/**
 * @file `np.errstate`, and RuntimeWarnings as Python prints them.
 */
import {
  type FaultAction,
  type FaultActions,
  type FloatFault,
  faultActions,
  setFaultActions,
  setWarningSink,
} from "../../../numpy/index.ts";
import { PyDict } from "../../containers.ts";
import { exceptionClasses, pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { repr } from "../../operations.ts";
import type { Session } from "../../session.ts";
import { warn } from "../warnings.ts";

const faults: readonly FloatFault[] = ["divide", "over", "under", "invalid"];

/** The changes that `all=`, `divide=` and the others ask for. */
function readActions(bound: Bound): Partial<Record<FloatFault, FaultAction>> {
  const changes: Partial<Record<FloatFault, FaultAction>> = {};
  for (const fault of faults) {
    const value = bound[fault] ?? bound.all;
    if (value === null || value === undefined) continue;
    if (value !== "warn" && value !== "ignore" && value !== "raise") {
      throw pythonError("ValueError", `invalid error mode ${repr(value)}`);
    }
    changes[fault] = value;
  }
  return changes;
}

class ErrorState {
  readonly changes: Partial<Record<FloatFault, FaultAction>>;
  outer: FaultActions | null = null;

  constructor(changes: Partial<Record<FloatFault, FaultAction>>) {
    this.changes = changes;
  }
}

registerType(ErrorState, {
  name: "errstate",
  module: "numpy",
  repr: () => "<numpy.errstate object>",
  enter(state) {
    state.outer = faultActions();
    setFaultActions(state.changes);
    return null;
  },
  exit(state) {
    if (state.outer) setFaultActions(state.outer);
    return false;
  },
});

function actionsDict(): PyDict {
  return new PyDict(Object.entries(faultActions()));
}

const stateArguments = "all=None, divide=None, over=None, under=None, invalid=None";

/** `np.errstate`, `np.seterr`, `np.geterr`; warnings go through the session's filters. */
export function warningMembers(session: Session): Record<string, Value> {
  setFaultActions({ divide: "warn", over: "warn", under: "ignore", invalid: "warn" });
  setWarningSink((message) => warn(session, exceptionClasses.RuntimeWarning, message));
  return {
    errstate: builtin(
      `errstate(*, call=None, ${stateArguments})`,
      (bound) => new ErrorState(readActions(bound)),
    ),
    seterr: builtin(`seterr(${stateArguments})`, (bound) => {
      const before = actionsDict();
      setFaultActions(readActions(bound));
      return before;
    }),
    geterr: builtin("geterr()", actionsDict),
  };
}
