// The bar above the phones: name, clock, connection, shown phones, colour scheme.
import { avatar, element, icon, iconButton } from "./element.js";
import { remember, remembered, switchLanguage, t } from "./words.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

export class TopBar {
  #board;

  constructor({ clock, board }) {
    this.#board = board;
    applyTheme(remembered("theme"));
    this.state = element("span", { class: "connection", role: "status" });
    this.counter = element("span", { class: "wide" });
    this.node = element("header", { class: "topbar" }, this.#brand(), clock.node, this.state, this.#phonesButton(), this.#chooser(),
      iconButton(isDark() ? "sun" : "moon", t("theme"), (event) => switchTheme(event.currentTarget)),
      element("button", { type: "button", class: "quiet language", lang: t("otherLanguageShort").toLowerCase(), "aria-label": t("otherLanguage"), title: t("otherLanguage"), onclick: switchLanguage }, t("otherLanguageShort")));
    this.connection("connecting");
  }

  /** `connecting`, `connected` or `lost`. */
  connection(state) {
    this.state.className = `connection ${state}`;
    this.state.title = t(state);
    this.state.replaceChildren(element("span", {}, t(state)));
  }

  count(shown) { this.counter.textContent = t("phonesCount", shown); }

  #brand() {
    return element("h1", {}, element("img", { src: "/page/icon.svg", alt: "", width: 30, height: 30 }),
      element("span", {}, "niềm tin ", element("small", {}, t("subtitle"))));
  }

  #phonesButton() {
    return element("button", { type: "button", class: "chip", popovertarget: "chooser", "aria-label": t("phones") }, icon("phone"), this.counter);
  }

  #chooser() {
    const list = element("div", { class: "list" });
    const add = element("button", { type: "button", class: "primary", onclick: () => { chooser.hidePopover(); this.#board.addPhone(); } }, icon("plus"), t("addPhone"));
    const chooser = element("div", { class: "chooser", id: "chooser", popover: "auto", role: "group", "aria-label": t("phonesShown") },
      element("p", { class: "hint" }, t("phonesShown")), list, add);
    chooser.addEventListener("beforetoggle", () => list.replaceChildren(...this.#board.list().map((entry) => this.#choice(entry))));
    return chooser;
  }

  #choice({ user, shown }) {
    const box = element("input", { type: "checkbox", checked: shown, onchange: () => this.#board.setShown(user.id, box.checked) });
    return element("label", {}, box, avatar(user), user.first_name, user.note && element("span", { class: "note" }, user.note));
  }
}

const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

function switchTheme(button) {
  const theme = isDark() ? "light" : "dark";
  applyTheme(theme);
  remember("theme", theme);
  button.replaceChildren(icon(theme === "dark" ? "sun" : "moon"));
}
