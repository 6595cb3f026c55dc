// The command menu above the text box: `/` opens it, typing narrows it, arrows and Enter choose.
import { element } from "./element.js";
import { t } from "./words.js";

export class CommandMenu {
  #commands = [];
  #shown = [];
  #at = -1;
  #textbox; #onChoose;

  constructor({ chat, textbox, onChoose }) {
    this.#textbox = textbox; this.#onChoose = onChoose;
    this.node = element("div", { class: "commands", role: "listbox", id: `commands-${chat}`, "aria-label": t("commands"), hidden: true });
    textbox.setAttribute("aria-controls", this.node.id);
    textbox.setAttribute("aria-haspopup", "listbox");
    textbox.setAttribute("aria-autocomplete", "list");
  }

  get open() { return !this.node.hidden; }
  set commands(commands) { this.#commands = commands; }

  toggle() {
    if (this.open) this.close();
    else this.#show(this.#commands);
    this.#textbox.focus();
  }

  /** Opens, filters or closes the menu for the text typed so far. */
  narrow(text) {
    const typed = /^\/(\w*)$/.exec(text)?.[1].toLowerCase();
    if (typed === undefined) this.close();
    else this.#show(this.#commands.filter(({ command }) => command.startsWith(typed)));
  }

  close() {
    this.node.hidden = true;
    this.#textbox.removeAttribute("aria-activedescendant");
  }

  /** Handles the keys of an open menu; returns whether the key was handled. */
  handleKey(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#mark(this.#at < 0 && step < 0 ? this.#shown.length - 1 : (this.#at + step + this.#shown.length) % this.#shown.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey && this.#at >= 0) this.#complete();
    else if (event.key === "Enter" && this.#at >= 0) this.#choose(this.#shown[this.#at]);
    else return false;
    event.preventDefault();
    return true;
  }

  #show(commands) {
    this.#shown = commands;
    this.#at = -1;
    this.#textbox.removeAttribute("aria-activedescendant");
    this.node.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    this.node.hidden = commands.length === 0;
  }

  #option(command, index) {
    const onmousedown = (event) => event.preventDefault(); // the text box keeps the focus
    return element("div", { role: "option", id: `${this.node.id}-${index}`, "aria-selected": "false", onmousedown, onclick: () => this.#choose(command) },
      element("b", {}, `/${command.command}`), element("span", {}, command.description));
  }

  #mark(index) {
    this.node.children[this.#at]?.setAttribute("aria-selected", "false");
    this.#at = index;
    const option = this.node.children[index];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#textbox.setAttribute("aria-activedescendant", option.id);
  }

  #complete() {
    this.#textbox.value = `/${this.#shown[this.#at].command} `;
    this.close();
  }

  #choose({ command }) {
    this.close();
    this.#onChoose(`/${command}`);
  }
}
