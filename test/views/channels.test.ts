import assert from "node:assert/strict";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import { viewStrings } from "../../src/shared/strings.ts";
import { mountChannels, mountText } from "../../src/views/channels.ts";
import type { ViewHost, ViewState } from "../../src/views/viewHost.ts";
import { layerPayload, layerSummary, replaced, tensorPayload } from "../shared/payloads.ts";
import { texts, useDocument } from "./dom.ts";

describe("the per-channel view", () => {
  useDocument();

  function mounted(payload: ChannelsPayload, host?: ViewHost): HTMLElement {
    const container = document.createElement("div");
    document.body.replaceChildren(container);
    mountChannels(container, payload, viewStrings, host);
    return container;
  }
  const heading = (root: HTMLElement, label: string) =>
    [...root.querySelectorAll<HTMLElement>("thead th")].find((th) => th.textContent === label)!;
  const click = (root: HTMLElement, label: string) =>
    heading(root, label).querySelector("button")!.click();
  const button = (root: HTMLElement, label: string) =>
    [...root.querySelectorAll<HTMLElement>("button")].find((it) => it.textContent === label)!;
  const order = (root: HTMLElement) => texts(root, "tbody th").map(Number);
  const filter = (root: HTMLElement, text: string) => {
    const input = root.querySelector<HTMLInputElement>("input.filter")!;
    input.value = text;
    input.dispatchEvent(new window.Event("input"));
  };
  const has = (root: ParentNode, selector: string) => root.querySelector(selector) !== null;

  const { statistics } = tensorPayload(4);
  const uneven = tensorPayload(4, {
    statistics: {
      ...statistics!,
      mean: [0.5, "NaN", -3, 2],
      variance: [1, "NaN", 0, 1],
      nanCount: [0, 2, 0, 0],
    },
  });

  it("says name and shape first", () =>
    assert.equal(
      mounted(tensorPayload(3)).querySelector("section .head > :first-child")?.textContent,
      "x float32 (4, 3) · axis 1 · 3 channels × 4 values",
    ));

  it("is a real table: caption, headings of columns and rows, rows that know their number", () => {
    const root = mounted(tensorPayload(64));
    assert.equal(root.querySelector("caption")?.textContent, "Statistics of each channel of x");
    assert.equal(root.querySelectorAll("tbody tr").length, 64);
    assert.equal(root.querySelectorAll('tbody th[scope="row"]').length, 64);
    const headings = [...root.querySelectorAll("thead th")];
    assert.ok(headings.every((th) => th.getAttribute("scope") === "col"));
    assert.deepEqual(
      headings.map((th) => th.textContent),
      ["Channel", "Histogram", "Mean", "Std", "Variance", "Min", "Max"],
    );
    const table = root.querySelector("table")!;
    assert.equal(table.getAttribute("role"), "grid");
    assert.equal(table.getAttribute("aria-rowcount"), "65");
    assert.equal(root.querySelector("tbody tr")?.getAttribute("aria-rowindex"), "2");
    assert.deepEqual(texts(root, "tbody tr:first-child td.number"), ["0", "1", "1", "−2", "2"]);
  });

  it("has a labelled histogram in every row, with lines at mean and zero", () => {
    const root = mounted(tensorPayload(3));
    const pictures = [...root.querySelectorAll('tbody svg[role="img"]')];
    assert.equal(pictures.length, 3);
    assert.equal(
      pictures[1]!.getAttribute("aria-label"),
      "Histogram of channel 1: 4 values from −1 to 3, peak near 1.5",
    );
    assert.equal(pictures[1]!.querySelector(".mean")?.getAttribute("d"), "M64 0V20");
    assert.equal(pictures[1]!.querySelector(".zero")?.getAttribute("d"), "M32 0V20");
  });

  it("draws all histograms on one scale when asked to, and says so", () => {
    const root = mounted(tensorPayload(3));
    const button = root.querySelector<HTMLElement>(".toggle")!;
    assert.equal(button.getAttribute("aria-pressed"), "false");
    button.click();
    assert.equal(button.getAttribute("aria-pressed"), "true");
    const places = [...root.querySelectorAll("tbody .bars")].map((bars) =>
      bars.getAttribute("transform"),
    );
    // Ranges -2 to 2, -1 to 3, 0 to 4 on a scale of -2 to 4 and 128 pixels.
    assert.deepEqual(places, [null, "translate(21.3 0)", "translate(42.7 0)"]);
    assert.ok(root.textContent.includes(viewStrings.histogramNoteShared));
  });

  it("draws every axis, the kept one otherwise than the averaged ones", () => {
    const root = mounted(tensorPayload(64, { shape: [30, 64, 32, 32] }));
    const boxes = [...root.querySelectorAll(".axes rect")].map((box) => box.getAttribute("class"));
    assert.deepEqual(boxes, ["averaged", "kept", "averaged", "averaged"]);
    assert.deepEqual(texts(root, ".axes .size"), ["30", "64", "32", "32"]);
  });

  it("sorts by a column up and down, NaN last either way", () => {
    const root = mounted(uneven);
    click(root, "Mean");
    assert.deepEqual(order(root), [2, 0, 3, 1]);
    assert.equal(heading(root, "Mean").getAttribute("aria-sort"), "ascending");
    click(root, "Mean");
    assert.deepEqual(order(root), [3, 0, 2, 1]);
    assert.equal(heading(root, "Mean").getAttribute("aria-sort"), "descending");
    click(root, "Channel");
    assert.deepEqual(order(root), [0, 1, 2, 3]);
    assert.equal(heading(root, "Mean").getAttribute("aria-sort"), null);
  });

  it("marks odd channels by signs and words, lists them, and sorts them to the top", () => {
    const root = mounted(uneven);
    assert.equal(root.querySelector(".summary .count")!.textContent, "2 of 4 channels stand out");
    assert.deepEqual(texts(root, ".summary li"), [
      "✕contains NaN: channel 1",
      "▲zero variance: channel 2",
    ]);
    assert.deepEqual(texts(root, "tbody .note"), [
      "",
      "✕contains NaN · 50.0 % NaN",
      "▲zero variance · all values are −3",
      "",
    ]);
    assert.deepEqual(texts(root, "tbody .found"), ["NaN", "NaN", "2", "0"]);
    click(root, "Note");
    assert.deepEqual(order(root), [1, 2, 0, 3]);
  });

  it("says so where no channel is odd", () =>
    assert.ok(mounted(tensorPayload(4)).textContent.includes(viewStrings.nothingOdd)));

  it("shows the channels of one kind at a press, and all of them at the next", () => {
    const root = mounted(uneven);
    const press = () => button(root, "▲zero variance: channel 2").click();
    press();
    assert.deepEqual(order(root), [2]);
    assert.equal(root.querySelector<HTMLInputElement>(".filter")!.value, "constant");
    assert.equal(button(root, "▲zero variance: channel 2").getAttribute("aria-pressed"), "true");
    press();
    assert.deepEqual(order(root), [0, 1, 2, 3]);
  });

  it("filters, says how many are left, and keeps them while a filter is wrong", () => {
    const root = mounted(uneven);
    filter(root, "mean > 0");
    assert.deepEqual(order(root), [0, 3]);
    assert.equal(root.querySelector(".shown")!.textContent, "2 of 4 channels");
    assert.equal(root.querySelector("table")!.getAttribute("aria-rowcount"), "3");
    filter(root, "mean > ");
    assert.deepEqual(order(root), [0, 3]);
    assert.equal(root.querySelector(".filter-error")!.textContent, viewStrings.filterEndsEarly);
    assert.equal(root.querySelector(".filter")!.getAttribute("aria-invalid"), "true");
    filter(root, "");
    assert.deepEqual(order(root), [0, 1, 2, 3]);
    assert.equal(root.querySelector(".filter-error")!.textContent, "");
  });

  it("shows the columns that are chosen", () => {
    const root = mounted(uneven);
    button(root, "Columns").click();
    const boxes = () => [...root.querySelectorAll<HTMLElement>('[role="menuitemcheckbox"]')];
    const box = (label: string) => boxes().find((it) => it.textContent!.endsWith(label))!;
    assert.equal(box("Mean").getAttribute("aria-checked"), "true");
    assert.equal(box("Median").getAttribute("aria-checked"), "false");
    box("Mean").click();
    box("Median").click();
    const columns = () => texts(root, "thead .number");
    assert.deepEqual(columns(), ["Std", "Variance", "Min", "Median", "Max", "NaN"]);
    assert.equal(box("Mean").getAttribute("aria-checked"), "false");
    button(root, viewStrings.usualColumns).click();
    assert.deepEqual(columns(), ["Mean", "Std", "Variance", "Min", "Max", "NaN"]);
  });

  it("keeps pinned channels on top, whatever the order and the filter", () => {
    const root = mounted(tensorPayload(4));
    const pin = (channel: number) =>
      root.querySelectorAll<HTMLElement>("tbody .pin")[order(root).indexOf(channel)]!.click();
    pin(2);
    pin(1);
    assert.deepEqual(texts(root, "tbody.pinned th").map(Number), [2, 1]);
    assert.deepEqual(order(root), [2, 1, 0, 3]);
    filter(root, "mean > 2");
    assert.deepEqual(order(root), [2, 1, 3]);
    assert.equal(root.querySelector("table")!.getAttribute("aria-rowcount"), "4");
    pin(2);
    assert.deepEqual(
      order(root),
      [1, 2, 3].filter((channel) => channel !== 2),
    );
  });

  it("marks the selected row, and keeps the rows that it has", () => {
    const root = mounted(tensorPayload(4));
    const rows = [...root.querySelectorAll<HTMLElement>("tbody tr")];
    rows[2]!.click();
    const selected = () =>
      [...root.querySelectorAll('tbody tr[aria-selected="true"] th')].map((cell) =>
        Number(cell.textContent),
      );
    assert.deepEqual(selected(), [2]);
    assert.ok([...root.querySelectorAll("tbody tr")].every((row, at) => row === rows[at]));
    filter(root, "mean > 2");
    filter(root, "");
    assert.deepEqual(selected(), [2]);
    rows[2]!.click();
    assert.deepEqual(selected(), []);
  });

  it("lets a row go from the top when it is pinned no longer", () => {
    const root = mounted(tensorPayload(4));
    const row = root.querySelectorAll<HTMLElement>("tbody tr")[1]!;
    const pin = row.querySelector<HTMLElement>(".pin")!;
    pin.click();
    assert.equal((row.children[0] as HTMLElement).style.top, "28px");
    pin.click();
    assert.equal((row.children[0] as HTMLElement).style.top, "");
    assert.equal(pin.getAttribute("aria-pressed"), "false");
  });

  it("says a row to a screen reader: channel, what is odd, and its moments", () => {
    const labels = [...mounted(uneven).querySelectorAll("tbody th")].map((cell) =>
      cell.getAttribute("aria-label"),
    );
    assert.equal(labels[3], "Channel 3, Mean 2.0000, Std 1");
    assert.equal(labels[2], "Channel 2, zero variance: all values are −3, Mean −3.0000, Std 1");
  });

  it("remembers how it was arranged, and takes up what was remembered", () => {
    let state: ViewState | undefined;
    const root = mounted(tensorPayload(4), {
      state: { filter: "mean < 3", sort: { key: "mean", descending: true } },
      remember: (changed) => {
        state = changed;
      },
    });
    assert.deepEqual(order(root), [2, 1, 0]);
    click(root, "Channel");
    assert.deepEqual(state!.sort, { key: "channel", descending: false });
    assert.equal(state!.filter, "mean < 3");
  });

  it("shows another payload in the same arrangement", () => {
    const container = document.createElement("div");
    const view = mountChannels(container, tensorPayload(4), viewStrings);
    filter(container, "mean > 1");
    click(container, "Mean");
    click(container, "Mean");
    assert.deepEqual(order(container), [3, 2]);
    const means = { ...statistics!, mean: [5, 6, 0, 7] };
    view.update(tensorPayload(4, { statistics: means }));
    assert.deepEqual(order(container), [3, 1, 0]);
    view.update(tensorPayload(2));
    assert.deepEqual(order(container), []);
    filter(container, "");
    assert.deepEqual(order(container), [1, 0]);
  });

  it("keeps rows, and pictures whose numbers stay, when it shows another payload", () => {
    const container = document.createElement("div");
    const trained = (gamma: number[], beta: number[], changes: Partial<ChannelsPayload> = {}) => ({
      ...seen,
      layer: layerSummary(4, { weights: { gamma, beta } }),
      ...changes,
    });
    const seen = tensorPayload(4);
    const view = mountChannels(container, trained([1, 2.5, 1, 0], [0, 0, 0, 0]), viewStrings);
    const all = (selector: string) => [...container.querySelectorAll(`tbody ${selector}`)];
    const numbers = (row: number) => texts(all("tr")[row]!, "td.number").slice(3);
    const odd = () => all(".is-odd th").map((cell) => cell.getAttribute("aria-label"));
    const [rows, pictures] = [all("tr"), all("svg.histogram")];
    const same = (now: Element[], before: Element[]) => now.every((it, at) => it === before[at]);
    assert.deepEqual(numbers(1), ["2.5000", "0"]);
    assert.deepEqual(odd(), ["Channel 3, dead gamma: gamma 0, Mean 3, Std 1, gamma 0"]);
    view.update(trained([0, 2.5, 1, 1], [0, 7, 0, 0]));
    assert.ok(same(all("tr"), rows) && same(all("svg.histogram"), pictures));
    assert.deepEqual(numbers(1), ["2.5000", "7"]);
    assert.deepEqual(odd(), ["Channel 0, dead gamma: gamma 0, Mean 0, Std 1, gamma 0"]);
    assert.deepEqual(texts(container, "tbody .note"), ["▲dead gamma · gamma 0", "", "", ""]);
    const counts = replaced(seen.histograms!.counts, { 2: [4, 0, 0, 0] });
    view.update(
      trained([0, 1, 1, 1], [0, 0, 0, 0], { histograms: { ...seen.histograms!, counts } }),
    );
    assert.ok(same(all("tr"), rows));
    const [before, now] = [pictures, all("svg.histogram")].map((list) =>
      list[2]!.querySelector(".bars"),
    );
    assert.notEqual(now!.getAttribute("d"), before!.getAttribute("d"));
    // Without an odd channel there is no column of notes.
    view.update(trained([1, 1, 1, 1], [0, 0, 0, 0]));
    assert.deepEqual([all(".note").length, all("tr").length], [0, 4]);
  });

  it("shows a layer's configuration and weights", () => {
    const layer = layerSummary(2, {
      changedArguments: [["momentum", "0.9"]],
      weights: { beta: [0, 0.5], movingMean: [1, 2] },
    });
    const root = mounted(layerPayload(2, layer));
    assert.equal(
      root.querySelector(".configuration")?.textContent,
      `BatchNormalization(momentum=0.9)${viewStrings.changedArguments}`,
    );
    assert.deepEqual(texts(root, "thead th"), ["Channel", "beta", "Moving mean"]);
    assert.ok(!has(root, "tbody svg.histogram"));
  });

  it("says that a layer is not built, without an empty table", () => {
    const root = mounted(layerPayload(0, layerSummary(0, { weights: {}, built: false })));
    assert.ok(root.textContent.includes(viewStrings.notBuilt));
    assert.ok(!has(root, "table, .toolbar, .summary"));
  });

  it("has the value's text at hand", () => {
    const root = mounted(tensorPayload(1));
    assert.equal(root.querySelector("details summary")?.textContent, viewStrings.valuesAsText);
    assert.equal(root.querySelector("details pre")?.textContent, "array([[0.]], dtype=float32)");
  });

  it("says when channels are left out", () =>
    assert.ok(
      mounted(tensorPayload(4, { totalChannels: 5000 })).textContent.includes(
        "The first 4 of 5,000 channels are shown",
      ),
    ));

  it("leaves its container empty when disposed", () => {
    const container = document.createElement("div");
    mountChannels(container, tensorPayload(1000), viewStrings).dispose();
    assert.equal(container.childNodes.length, 0);
  });

  it("shows text with the reason where there is no table", () => {
    const container = document.createElement("div");
    const view = mountText(container, "array([1.])", viewStrings.otherVersion);
    assert.equal(container.querySelector("p")?.textContent, viewStrings.otherVersion);
    assert.equal(container.querySelector("pre")?.textContent, "array([1.])");
    view.dispose();
    assert.equal(container.childNodes.length, 0);
  });

  describe("of thousands of channels", () => {
    const plain = tensorPayload(4096).statistics!;
    const many = tensorPayload(4096, {
      statistics: { ...plain, nanCount: replaced(plain.nanCount!, { 4000: 1 }) },
    });
    const spacers = (root: HTMLElement) =>
      [...root.querySelectorAll<HTMLElement>(".spacer")].map((row) => row.style.height);

    it("builds the rows that can be seen, and room for the others", () => {
      const root = mounted(many);
      const built = order(root);
      assert.deepEqual(
        built,
        built.map((_, index) => index),
      );
      assert.ok(built.length > 10 && built.length < 100);
      assert.equal(root.querySelector("table")?.getAttribute("aria-rowcount"), "4097");
      assert.deepEqual(spacers(root), ["0px", `${(4096 - built.length) * 24}px`]);
    });

    it("builds others when scrolled", () => {
      const root = mounted(many);
      const scroller = root.querySelector<HTMLElement>(".scroller")!;
      scroller.scrollTop = 2000 * 24;
      scroller.dispatchEvent(new window.Event("scroll"));
      const built = order(root);
      assert.ok(built[0]! <= 2000 && built.at(-1)! >= 2000);
      const first = root.querySelector("tbody:not(.pinned) tr:nth-child(2)");
      assert.equal(first?.getAttribute("aria-rowindex"), String(built[0]! + 2));
      assert.equal(spacers(root)[0], `${built[0]! * 24}px`);
    });

    it("sorts channels that have no row yet", () => {
      const root = mounted(many);
      click(root, "Note");
      assert.equal(order(root)[0], 4000);
    });
  });

  it("shows names that people give as text, whatever they hold", () => {
    const evil = `<img src=x onerror="alert('1')">"'</script><script>alert(2)</script>\u202e&amp;`;
    const layer = layerSummary(2, {
      name: evil,
      className: evil,
      changedArguments: [["name", evil]],
    });
    for (const payload of [
      tensorPayload(2, { name: evil, dtype: evil, layer }),
      layerPayload(2, layer),
    ]) {
      const root = mounted(payload);
      root.querySelector<HTMLElement>("tbody th.channel")!.click();
      assert.equal(root.querySelector("img, script, [onerror]"), null);
      assert.ok(root.textContent!.includes(evil));
    }
  });
});
