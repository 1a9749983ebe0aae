/**
 * @file The keyboard in a grid: one cell takes part in the tab order, arrows move it about.
 */
import type { Disposable } from "./dom.ts";

export interface CellPlace {
  /** 0: the headings. */
  readonly row: number;
  readonly cell: number;
}

export interface Grid {
  rows(): number;
  cells(): number;
  /** What takes the focus for a cell; null where its row is not in the document. */
  cellAt(place: CellPlace): HTMLElement | null;
  /** Scrolls until the row is in the document. */
  bringIn(place: CellPlace): void;
  /** Enter, the space bar, `p` or Escape on a cell; false where that means nothing there. */
  act(place: CellPlace, key: "Enter" | "p" | "Escape"): boolean;
  /** Rows that Page Up and Page Down move by. */
  page(): number;
}

export interface GridKeys extends Disposable {
  goTo(place: CellPlace): void;
  /** After cells were moved or made anew: the tab stop is where it was, and the focus if it was here. */
  restore(focused: boolean): void;
}

export function gridKeys(element: HTMLElement, grid: Grid): GridKeys {
  let place: CellPlace = { row: 0, cell: 0 };
  let holder: HTMLElement | null = null;

  const clamp = ({ row, cell }: CellPlace): CellPlace => ({
    row: Math.max(0, Math.min(row, grid.rows() - 1)),
    cell: Math.max(0, Math.min(cell, grid.cells() - 1)),
  });
  const hold = () => {
    holder?.setAttribute("tabindex", "-1");
    holder = grid.cellAt(place);
    holder?.setAttribute("tabindex", "0");
    // Without its cell in the document the frame is where the keyboard comes in.
    element.tabIndex = holder ? -1 : 0;
  };
  const goTo = (target: CellPlace) => {
    place = clamp(target);
    grid.bringIn(place);
    hold();
    holder?.focus({ preventScroll: place.row === 0 });
  };
  const placeOf = (target: Element): CellPlace | null => {
    const cell = target.closest("td, th");
    const row = cell?.parentElement?.getAttribute("aria-rowindex");
    if (!cell || !row) return null;
    return { row: Number(row) - 1, cell: [...cell.parentElement!.children].indexOf(cell) };
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.shiftKey) return;
    const whole = event.ctrlKey || event.metaKey;
    const { row, cell } = place;
    const to = destination(event.key, place, whole, grid);
    if (to) {
      goTo(to);
    } else {
      if (whole) return;
      const key = event.key === " " ? "Enter" : event.key;
      if (key !== "Enter" && key !== "p" && key !== "Escape") return;
      // A heading's button hears Enter and the space bar by itself.
      if (!grid.act({ row, cell }, key)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusIn = ({ target }: FocusEvent) => {
    const at = placeOf(target as Element);
    if (!at) return;
    place = at;
    if ((target as Element).closest(".pin")) return;
    hold();
  };
  element.addEventListener("keydown", onKey);
  element.addEventListener("focusin", onFocusIn);
  return {
    goTo,
    restore(focused) {
      place = clamp(place);
      hold();
      if (focused) (holder ?? element).focus({ preventScroll: true });
    },
    dispose() {
      element.removeEventListener("keydown", onKey);
      element.removeEventListener("focusin", onFocusIn);
    },
  };
}

/** Where a key leads; null for keys that lead nowhere. */
function destination(
  key: string,
  { row, cell }: CellPlace,
  whole: boolean,
  grid: Grid,
): CellPlace | null {
  const [lastRow, lastCell] = [grid.rows() - 1, grid.cells() - 1];
  switch (key) {
    case "ArrowUp":
      return { row: whole ? 0 : row - 1, cell };
    case "ArrowDown":
      return { row: whole ? lastRow : row + 1, cell };
    case "ArrowLeft":
      return { row, cell: whole ? 0 : cell - 1 };
    case "ArrowRight":
      return { row, cell: whole ? lastCell : cell + 1 };
    case "PageUp":
      return { row: Math.max(1, row - grid.page()), cell };
    case "PageDown":
      return { row: row + grid.page(), cell };
    case "Home":
      return { row: whole ? 0 : row, cell: 0 };
    case "End":
      return { row: whole ? lastRow : row, cell: lastCell };
    default:
      return null;
  }
}
