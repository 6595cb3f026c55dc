// The bar above the messages with the message pinned last.
import { summary } from "./bubble.js";
import { element } from "./element.js";
import { t } from "./words.js";

export class Pinned {
  #ids = [];
  #find; #show;

  /** `find` returns the message of an id, `show` scrolls to it. */
  constructor({ find, show }) {
    this.#find = find; this.#show = show;
    this.words = element("span", {});
    this.node = element("button", { type: "button", class: "pinned", hidden: true, onclick: () => this.#show(this.#ids.at(-1)) },
      element("b", {}, `📌 ${t("pinned")}`), this.words);
  }

  set ids(ids) { this.#ids = ids; this.draw(); }

  draw() {
    const message = this.#find(this.#ids.at(-1));
    this.node.hidden = !message;
    if (message) this.words.textContent = summary(message);
  }
}
