// Short words that pass by: the bot's answer to a button, or why something did not work.
import { Refused } from "./api.js";
import { element } from "./element.js";
import { t } from "./words.js";

const SHORTEST_MS = 3500;
const MS_PER_CHARACTER = 60;
const MOST_SHOWN = 3;

/** A place for toasts inside `parent`; it is a live region, so they are read out too. */
export class Toasts {
  constructor() { this.node = element("div", { class: "toasts", role: "status", "aria-live": "polite" }); }

  say(text) {
    const toast = element("div", { class: "toast" }, text);
    this.node.append(toast);
    if (this.node.childElementCount > MOST_SHOWN) this.node.firstElementChild.remove();
    setTimeout(() => toast.remove(), SHORTEST_MS + text.length * MS_PER_CHARACTER);
  }

  /** Does `action` and says so if it fails; tells whether it worked. */
  async attempt(action) {
    try {
      await action();
      return true;
    } catch (error) {
      this.say(error instanceof Refused ? t("failed", error.message) : t("unreachable"));
      return false;
    }
  }
}
