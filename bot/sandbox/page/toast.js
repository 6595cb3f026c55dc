// Toasts: the bot's answer to a button press, or the error of an action.
import { Refused } from "./api.js";
import { element } from "./element.js";
import { t } from "./words.js";

const SHORTEST_MS = 3500;
const MS_PER_CHARACTER = 60;
const MOST_SHOWN = 3;

/** A container for toasts in `parent`: a live region, which screen readers announce. */
export class Toasts {
  constructor() { this.node = element("div", { class: "toasts", role: "status", "aria-live": "polite" }); }

  say(text) {
    const toast = element("div", { class: "toast" }, text);
    this.node.append(toast);
    if (this.node.childElementCount > MOST_SHOWN) this.node.firstElementChild.remove();
    setTimeout(() => toast.remove(), SHORTEST_MS + text.length * MS_PER_CHARACTER);
  }

  /** Runs `action` and shows its error; returns whether it succeeded. */
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
