/**
 * @file A document without a browser, for as long as a suite runs.
 */
import { parseHTML } from "linkedom";

/** Installs `document` and `window` before the suite's tests and takes them away after. */
export function useDocument(): void {
  before(() => {
    const { document, window } = parseHTML("<!doctype html><html><body></body></html>");
    // linkedom's lists cannot be set by value.
    const { HTMLSelectElement } = window as unknown as Pick<typeof globalThis, "HTMLSelectElement">;
    Object.defineProperty(HTMLSelectElement.prototype, "value", {
      configurable: true,
      get(this: HTMLSelectElement) {
        const options = [...this.querySelectorAll("option")];
        const chosen = options.find((option) => option.hasAttribute("selected")) ?? options[0];
        return chosen?.getAttribute("value") ?? "";
      },
      set(this: HTMLSelectElement, value: string) {
        for (const option of this.querySelectorAll("option")) {
          option.toggleAttribute("selected", option.getAttribute("value") === value);
        }
      },
    });
    // linkedom lays nothing out: what scripts read of the layout is put here.
    Object.assign(window, { innerHeight: 600 });
    Object.assign(window.HTMLElement.prototype, {
      scrollTop: 0,
      offsetWidth: 800,
      offsetHeight: 600,
      clientHeight: 600,
      scrollHeight: 1_000_000,
      scrollTo(this: HTMLElement, { top }: ScrollToOptions) {
        this.scrollTop = top ?? 0;
      },
      showPopover() {},
      hidePopover() {},
    });
    class XMLSerializer {
      serializeToString(node: Node) {
        return String(node);
      }
    }
    Object.assign(globalThis, { document, window, XMLSerializer });
  });
  after(() => {
    for (const name of ["document", "window", "XMLSerializer"])
      Reflect.deleteProperty(globalThis, name);
  });
}

/** The texts of all elements that match. */
export function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map((element) => element.textContent ?? "");
}
