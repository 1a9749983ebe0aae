/**
 * @file `IPython.display`: the part that cells use to show more than their last expression.
 */
import { displayBundle } from "../display.ts";
import { pythonError } from "../errors.ts";
import { attributes, type Bound, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { str, truth } from "../operations.ts";
import { richTextClass } from "../richTexts.ts";
import type { Session } from "../session.ts";

/** What `display(…, display_id=…)` gives: an output that can be changed. */
class DisplayHandle {
  readonly session: Session;
  readonly id: string;

  constructor(session: Session, id: string) {
    this.session = session;
    this.id = id;
  }

  update(value: Value): null {
    this.session.host.display(displayBundle(value, this.session, null), false, this.id);
    return null;
  }
}

registerType(DisplayHandle, {
  name: "DisplayHandle",
  module: "IPython.core.display_functions",
  repr: (self) => `<DisplayHandle display_id=${self.id}>`,
  hash: (self) => self,
  ...attributes<DisplayHandle>({
    properties: { display_id: (self) => self.id },
    methods: {
      "display(obj)": (self, { obj }) => self.update(obj!),
      "update(obj)": (self, { obj }) => self.update(obj!),
    },
  }),
});

let handles = 0;

/**
 * `display(*objs, display_id=None)`: each object as an output of its own. With an id, or True for a
 * new one, the output can be changed through the handle that it gives.
 */
export function display(session: Session, { objs, display_id: given, clear }: Bound): Value {
  if (clear !== undefined && truth(clear)) session.host.clear?.(true);
  const id = given === true ? `display-${++handles}` : given === null ? undefined : str(given!);
  for (const value of objs as Value[]) {
    session.host.display(displayBundle(value, session, null), false, id);
  }
  return id === undefined ? null : new DisplayHandle(session, id);
}

export const displaySignature = "display(*objs, display_id=None, clear=False, **kwargs)";

export function ipythonDisplayModule(session: Session): PythonModule {
  return new PythonModule("IPython.display", {
    display: builtin(displaySignature, (bound) => display(session, bound)),
    update_display: builtin("update_display(obj, *, display_id, **kwargs)", (bound) => {
      if (typeof bound["display_id"] !== "string") {
        throw pythonError("TypeError", "display_id must be str");
      }
      return new DisplayHandle(session, bound["display_id"]).update(bound["obj"]!);
    }),
    clear_output: builtin("clear_output(wait=False)", ({ wait }) => {
      session.host.clear?.(truth(wait!));
      return null;
    }),
    HTML: richTextClass("HTML"),
    Markdown: richTextClass("Markdown"),
  });
}

export function ipythonModule(session: Session): PythonModule {
  return new PythonModule("IPython", { display: session.importModule("IPython.display") });
}
