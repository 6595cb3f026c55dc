// The club's clock in the top bar: it ticks with the sandbox and can be moved.
import { advanceClock, readClock } from "./api.js";
import { element, icon } from "./element.js";
import { askTime } from "./forms.js";
import { openMenu } from "./menu.js";
import { shortDay, timeWithSeconds, tomorrowAt } from "./moment.js";
import { t } from "./words.js";

const MINUTE_S = 60;
const HOUR_S = 3600;
const MINUTE_MS = 60_000;
const MORNING_HOUR = 7;

export class Clock {
  #aheadMs = 0; // the club's clock minus this computer's
  #minute = Math.floor(Date.now() / MINUTE_MS); // the minute that is shown
  #onMinute; #toasts;

  /** `onMinute` is called when another minute begins, also by moving the clock. */
  constructor({ onMinute, toasts }) {
    this.#onMinute = onMinute; this.#toasts = toasts;
    this.time = element("time", { class: "now" });
    this.day = element("span", { class: "today" });
    this.node = element("section", { class: "clock", "aria-label": t("clock") },
      icon("clock"), element("div", { class: "face" }, this.time, this.day), this.#buttons(), this.#compactButton());
    this.#show();
    setInterval(() => this.#show(), 1000);
  }

  nowMs() { return Date.now() + this.#aheadMs; }

  /** Sets the clock from a reading `{now, offset_s}` of the control API or an event. */
  follow({ now }) {
    this.#aheadMs = Date.parse(now) - Date.now();
    this.#show();
  }

  async read() { this.follow(await readClock()); }

  #choices() {
    return [
      { label: t("tenMinutes"), onclick: () => this.#advance(10 * MINUTE_S) },
      { label: t("oneHour"), onclick: () => this.#advance(HOUR_S) },
      { label: t("tomorrowMorning"), onclick: () => this.#advanceTo(tomorrowAt(this.nowMs(), MORNING_HOUR)) },
      { label: t("otherTime"), onclick: () => this.#askAndAdvance() },
    ];
  }

  #buttons() {
    return element("div", { class: "moves", role: "group", "aria-label": t("moveClock") },
      this.#choices().map(({ label, onclick }) => element("button", { type: "button", class: "chip", onclick }, label)));
  }

  #compactButton() {
    const onclick = (event) => openMenu(event.currentTarget, this.#choices(), t("moveClock"));
    return element("button", { type: "button", class: "chip compact", "aria-haspopup": "menu", onclick }, t("moveClock"));
  }

  #advance(seconds) { return this.#toasts.attempt(async () => this.follow(await advanceClock(seconds))); }
  #advanceTo(ms) { return this.#advance((ms - this.nowMs()) / 1000); }

  async #askAndAdvance() {
    const ms = await askTime(this.nowMs());
    if (ms !== null) await this.#advanceTo(ms);
  }

  #show() {
    this.time.textContent = timeWithSeconds(this.nowMs());
    this.time.setAttribute("datetime", new Date(this.nowMs()).toISOString());
    this.day.textContent = shortDay(this.nowMs());
    const minute = Math.floor(this.nowMs() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#onMinute();
  }
}
