// How long the Official Account may still write to somebody: free, from its quota, or not at all.
import { element } from "./element.js";
import { ago, shortMoment } from "./moment.js";
import { t } from "./words.js";

const HOUR_MS = 3_600_000;
const FREE_MS = 48 * HOUR_MS;
const WINDOW_MS = 7 * 24 * HOUR_MS;

/** A line under the header of a phone; `show(user, nowMs)` updates it. */
export class ContactWindow {
  constructor() {
    this.last = element("span", { class: "last" });
    this.reach = element("span", { class: "reach" });
    this.node = element("div", { class: "window" }, this.last, this.reach);
  }

  show({ interacted_at: at }, nowMs) {
    const state = stateOf(at, nowMs);
    this.node.className = `window ${state.name}`;
    this.node.title = state.until ? t(`${state.name}Until`, shortMoment(state.until)) : t("closedHint");
    this.last.textContent = at === null ? t("neverWrote") : t("lastWrote", ago(at * 1000, nowMs));
    this.reach.textContent = t(state.name);
  }
}

function stateOf(at, nowMs) {
  const silent = at === null ? Infinity : nowMs - at * 1000;
  if (silent <= FREE_MS) return { name: "windowFree", until: at * 1000 + FREE_MS };
  if (silent <= WINDOW_MS) return { name: "windowQuota", until: at * 1000 + WINDOW_MS };
  return { name: "windowClosed" };
}
