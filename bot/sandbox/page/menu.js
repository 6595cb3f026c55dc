// A popup menu with arrow keys; Escape closes it and restores the focus.
import { element, icon } from "./element.js";

const MARGIN_PX = 8;

/** Opens a menu of `[{icon, label, onclick}]` at `anchor`, which gets the focus when it is closed. */
export function openMenu(anchor, choices, label) {
  const back = document.activeElement;
  const items = choices.map((choice) => item(choice, () => menu.hidePopover()));
  const menu = element("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label, onkeydown: (event) => walk(event, items, menu) }, items);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body) back?.focus({ preventScroll: true });
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  items[0].focus();
}

function item(choice, close) {
  const onclick = () => { close(); choice.onclick(); };
  return element("button", { type: "button", role: "menuitem", onclick }, choice.icon && icon(choice.icon), choice.label);
}

function place(menu, around) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN_PX, around.right - width), innerWidth - width - MARGIN_PX);
  const below = around.bottom + 4;
  const top = below + height > innerHeight - MARGIN_PX ? Math.max(MARGIN_PX, Math.min(around.top - height - 4, innerHeight - height - MARGIN_PX)) : below;
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${top}px`);
}

function walk(event, items, menu) {
  if (event.key === "Tab") return menu.hidePopover();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return undefined;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  return items.at((at + step + items.length) % items.length).focus();
}
