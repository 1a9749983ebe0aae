import { deepEqual, equal, ok } from "node:assert/strict";
import { referencePayload } from "../../src/extension/referencePayload.ts";
import { formulaLines, parseFormula } from "../../src/views/formula.ts";
import { mountReference, type ReferenceView } from "../../src/views/reference.ts";
import { useDocument } from "./dom.ts";

describe("the reference page", () => {
  useDocument();

  const asked: string[] = [];

  function mounted(query = ""): { root: HTMLElement; view: ReferenceView } {
    asked.length = 0;
    const root = document.createElement("div");
    document.body.replaceChildren(root);
    const view = mountReference(
      root,
      referencePayload("en"),
      {
        switchLanguage: () => asked.push("language"),
        tryArgument: (anchor) => asked.push(`try ${anchor}`),
        insertArgument: (anchor) => asked.push(`insert ${anchor}`),
      },
      query,
    );
    return { root, view };
  }

  const shown = (root: HTMLElement, selector: string) =>
    [...root.querySelectorAll<HTMLElement>(selector)].filter((each) => !each.closest("[hidden]"));
  const names = (root: HTMLElement) => shown(root, "article").map(({ id }) => id);

  it("shows every argument with a heading, facts, formula and example", () => {
    const { root } = mounted();
    equal(names(root).length, 30);
    const article = root.querySelector("#momentum")!;
    equal(article.querySelector("h3")!.textContent, "momentumdefault 0.99");
    deepEqual(
      [...article.querySelectorAll("dt")].map(({ textContent }) => textContent),
      ["Type", "Values", "When to change it", "Other frameworks", "History"],
    );
    equal(article.querySelectorAll(".formula .line").length, 2);
    ok(article.querySelector(".example code")!.textContent!.includes("momentum=0.9"));
    equal(
      root.querySelector("[id='theory.example'] h2")!.textContent,
      "A worked example: shape (30, 32, 32, 64)",
    );
  });

  it("links every entry from its contents", () => {
    const { root } = mounted();
    for (const link of root.querySelectorAll("nav a"))
      ok(root.querySelector(`[id="${link.getAttribute("href")!.slice(1)}"]`), link.textContent!);
  });

  it("searches everything, for all of the words", () => {
    const { root } = mounted("flax syncbatchnorm");
    ok(names(root).includes("synchronized") && !names(root).includes("axis"));
    ok(shown(root, "nav a").some(({ textContent }) => textContent === "synchronized"));
    ok(!shown(root, "nav a").some(({ textContent }) => textContent === "axis"));
    deepEqual(
      shown(mounted("Santurkar").root, "h2").map(({ textContent }) => textContent),
      ["Why it helps: three reasons, and a caveat"],
    );
  });

  it("says so where nothing is found", () => {
    const { root } = mounted("quaternion");
    deepEqual(names(root), []);
    equal(shown(root, ".nothing")[0].textContent, "Nothing here speaks of “quaternion”.");
  });

  it("passes on what its buttons ask for", () => {
    const { root } = mounted();
    const press = (selector: string) => root.querySelector<HTMLElement>(selector)!.click();
    press("#epsilon .actions button:first-child");
    press("[id='call.mask'] .actions button:last-child");
    press("button.language");
    deepEqual(asked, ["try epsilon", "insert call.mask", "language"]);
  });

  it("empties its container when it goes", () => {
    const { root, view } = mounted();
    view.dispose();
    equal(root.childNodes.length, 0);
  });
});

describe("formulas", () => {
  useDocument();

  /** The tags of a formula, with the text of its leaves. */
  const tree = (source: string) => parseFormula(source)?.map(outline).join(" ") ?? null;
  function outline(node: Element): string {
    if (node.children.length === 0) return node.textContent ?? "";
    const name = node.localName.replace(/^m/, "");
    return `${name}(${[...node.children].map(outline).join(" ")})`;
  }

  it("are set with fractions, roots and indices", () => {
    equal(
      tree("y = gamma · (x − μ) / √(σ² + epsilon) + beta"),
      "y = gamma · frac(row(x − μ) sqrt(row(sup(σ row(2)) + epsilon))) + beta",
    );
    equal(tree("μ = 1 / m · Σ xᵢ"), "μ = frac(1 m) · Σ sub(x row(i))");
    equal(tree("momentumᵏ⁻ⁱ · σ²ᵢ"), "sup(momentum row(k − i)) · subsup(σ row(i) row(2))");
    equal(tree("x\u0302ᵢ = xₙₕ_c"), "sub(over(x ^) row(i)) = sub(x row(n h c))");
    equal(tree("r ← clip(r, rmin, rmax)"), "r ← row(clip row(( r , rmin , rmax )))");
  });

  it("stand side by side, or in one piece where a gap only aligns them", () => {
    const count = (line: string) => formulaLines([line]).querySelectorAll("math").length;
    equal(count("r = a / b      d = c"), 2);
    equal(count("moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ"), 1);
  });

  it("keep words as they are", () => {
    equal(tree("μ  = mean of x over all axes but axis"), null);
    const lines = formulaLines(["μ  = mean of x", "", "y = x"]);
    equal(lines.querySelectorAll("code.plain").length, 1);
    equal(lines.querySelectorAll(".line").length, 2);
  });

  it("of the whole reference are readable in both languages", () => {
    for (const language of ["en", "zh-cn"] as const)
      for (const { blocks, arguments: found } of referencePayload(language).sections)
        for (const lines of [
          ...blocks.flatMap((block) => (block.kind === "formula" ? [block.lines] : [])),
          ...found.map(({ formula }) => formula),
        ])
          for (const line of lines) {
            const set = formulaLines([line]);
            const letters = (text: string) => text.replace(/[^A-Za-z]/g, "").length;
            // An accent is set above its letter; nothing else may be lost.
            ok(line === "" || letters(set.textContent ?? "") >= letters(line) - 1, line);
          }
  });
});
