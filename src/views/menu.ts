/**
 * @file A button that opens a menu above everything else: commands, or boxes to check.
 */
import { html } from "./dom.ts";

export interface MenuItem {
  readonly label: string;
  /** Given for boxes: whether it is checked. */
  readonly checked?: boolean;
  /** Begins a group of its own. */
  readonly separated?: boolean;
  choose(): void;
}

/**
 * @param items Asked for each time the menu opens. Choosing a box leaves the menu open.
 */
export function menuButton(
  label: string,
  title: string,
  items: () => readonly MenuItem[],
): HTMLElement {
  const button = html(
    "button",
    { type: "button", class: "tool", title, "aria-haspopup": "menu", "aria-expanded": "false" },
    label,
    html("span", { class: "chevron", "aria-hidden": "true" }),
  );
  const menu = html("div", { class: "menu", role: "menu", popover: "auto", "aria-label": title });
  const buttons = () => [...menu.querySelectorAll<HTMLButtonElement>("button")];
  const fill = (focused: number) => {
    menu.replaceChildren(...items().map((item, index) => entry(item, () => choose(item, index))));
    buttons()[focused]?.focus();
  };
  const close = () => {
    menu.hidePopover();
    button.focus();
  };
  const choose = (item: MenuItem, index: number) => {
    item.choose();
    if (item.checked === undefined) close();
    else fill(index);
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-expanded") === "true") {
      close();
      return;
    }
    menu.showPopover();
    fill(0);
    placeBelow(menu, button);
  });
  menu.addEventListener("toggle", (event) => {
    const open = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(open));
  });
  menu.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.findIndex((each) => each.matches(":focus"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
  });
  return html("span", { class: "menu-anchor" }, button, menu);
}

function entry({ label, checked, separated }: MenuItem, choose: () => void): HTMLElement {
  const box = checked !== undefined;
  const button = html(
    "button",
    {
      type: "button",
      role: box ? "menuitemcheckbox" : "menuitem",
      tabindex: -1,
      ...(box ? { "aria-checked": String(checked) } : {}),
      class: separated ? "entry separated" : "entry",
    },
    html("span", { class: "check", "aria-hidden": "true" }, checked ? "✓" : ""),
    label,
  );
  button.addEventListener("click", choose);
  return button;
}

/** Below the button, or above it where there is no room; the sheet makes the menu fixed. */
function placeBelow(menu: HTMLElement, button: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = bottom + height + 4 <= window.innerHeight || top - height < 4;
  menu.style.left = `${Math.max(4, Math.min(left, window.innerWidth - width - 4))}px`;
  menu.style.top = `${below ? bottom + 2 : top - height - 2}px`;
}
