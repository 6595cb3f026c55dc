// The messages of one phone, in order, and its scroll position.
import { bubble } from "./bubble.js";
import { element, iconButton } from "./element.js";
import { dayKey, dayName } from "./moment.js";
import { t } from "./words.js";

const NEAR_BOTTOM_PX = 48;
const DAY_MARGIN_PX = 8; // above a date that does not float
const LEAVING_MS = 220;
const RESTING_MS = 1200; // without scrolling, until the floating date is hidden

export class Conversation {
  #messages = new Map();
  #unread = 0;
  #following = true; // scrolled to the end, or scrolling there
  #lastTop = 0;
  #resting;
  #seen = true; // false while the phone is off the screen
  #chat; #actions; #nowMs; #hint; #onUnread;

  constructor({ chat, actions, nowMs, hint, onUnread }) {
    this.#chat = chat; this.#actions = actions; this.#nowMs = nowMs; this.#hint = hint; this.#onUnread = onUnread;
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("messages"), tabindex: "0" });
    this.badge = element("span", { class: "count", "aria-hidden": "true" });
    this.jump = iconButton("down", t("jumpDown"), () => this.toBottom("smooth"), { class: "icon-button jump", hidden: true });
    this.jump.append(this.badge);
    this.node = element("div", { class: "conversation" }, this.log, this.jump);
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.log.addEventListener("load", () => { if (this.#following) this.toBottom("instant"); }, { capture: true });
    this.log.addEventListener("keydown", (event) => this.#walk(event));
    this.log.addEventListener("contextmenu", (event) => this.#openMenu(event));
    new ResizeObserver(() => { if (this.#following) this.toBottom("instant"); }).observe(this.log);
    this.#showEmptiness();
  }

  /** Whether the newest message is on the screen. */
  get isRead() { return this.#following && this.#seen; }

  get empty() { return this.#messages.size === 0; }
  get(messageId) { return this.#messages.get(messageId)?.message; }

  /** Replaces all messages by these, after a reconnection. */
  replaceAll(messages) {
    const stay = this.#following ? null : this.log.scrollTop;
    this.log.setAttribute("aria-busy", "true"); // screen readers do not announce history as new
    this.#messages.clear();
    this.log.replaceChildren();
    for (const message of messages) this.#append(message);
    this.#showEmptiness();
    this.log.removeAttribute("aria-busy");
    if (stay === null) this.toBottom("instant");
    else this.log.scrollTop = stay;
  }

  /** Adds a new message at the end, or redraws one that is already there. */
  put(message) {
    if (this.#messages.has(message.message_id)) return this.redraw(message.message_id, message);
    const follow = this.#following || message.from?.id === this.#chat;
    this.#append(message).classList.add("arriving");
    this.#showEmptiness();
    if (follow) this.toBottom("smooth");
    if (!follow || !this.#seen) this.#count(this.#unread + 1);
  }

  edit(message) {
    const reactions = this.get(message.message_id)?.reactions;
    this.redraw(message.message_id, { ...message, reactions })?.classList.add("changed");
  }

  /** Shows the bot's reactions to a message in place of earlier ones. */
  react(messageId, reactions) {
    const message = this.get(messageId);
    if (message) this.redraw(messageId, { ...message, reactions });
  }

  redraw(messageId, message = this.get(messageId)) {
    const shown = this.#messages.get(messageId);
    if (!shown) return null;
    const focus = focusPath(shown.node);
    const node = bubble(message, this.#chat, this.#actions);
    shown.node.replaceWith(node);
    this.#messages.set(messageId, { message, node });
    refocus(node, focus);
    if (this.#following) this.toBottom("instant");
    return node;
  }

  /** Updates which buttons of a message wait for the bot, without rendering it again. */
  markWaiting(messageId) {
    for (const key of this.#messages.get(messageId)?.node.querySelectorAll("[data-press]") ?? []) {
      if (this.#actions.waits(messageId, key.dataset.press)) key.setAttribute("aria-busy", "true");
      else key.removeAttribute("aria-busy");
    }
  }

  remove(messageId) {
    const shown = this.#messages.get(messageId);
    if (!shown) return;
    this.#messages.delete(messageId);
    shown.node.classList.add("leaving");
    shown.node.removeAttribute("data-message-id");
    setTimeout(() => { discard(shown.node); this.#showEmptiness(); }, LEAVING_MS);
  }

  /** Scrolls to a message and highlights it, as tapping a quote does. */
  show(messageId) {
    const node = this.#messages.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("changed");
    requestAnimationFrame(() => node.classList.add("changed"));
  }

  toBottom(behavior) {
    this.#following = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
    this.#scrolled();
  }

  /** Notes whether the phone is on the screen. */
  setSeen(seen) { this.#seen = seen; this.#scrolled(); }

  /** Updates relative dates: “Hôm nay” becomes “Hôm qua” after midnight. */
  nameDays() {
    for (const day of this.log.querySelectorAll(".day > h3")) day.textContent = dayName(Number(day.dataset.ms), this.#nowMs());
  }

  #append(message) {
    const node = bubble(message, this.#chat, this.#actions);
    this.#place(message).append(node);
    this.#messages.set(message.message_id, { message, node });
    return node;
  }

  #place(message) {
    const day = this.#day(message.date * 1000);
    const album = message.media_group_id;
    if (!album) return day;
    if (day.lastElementChild.dataset.album !== album) day.append(element("div", { class: "album", "data-album": album }));
    return day.lastElementChild;
  }

  #day(ms) {
    const last = this.log.lastElementChild;
    if (last?.dataset.day === dayKey(ms)) return last;
    const heading = element("h3", { "data-ms": ms }, dayName(ms, this.#nowMs()));
    const day = element("div", { class: "day", "data-day": dayKey(ms) }, heading);
    this.log.append(day);
    return day;
  }

  #showEmptiness() {
    const hint = this.log.querySelector(".empty");
    if (this.empty && !hint) this.log.replaceChildren(element("p", { class: "empty" }, this.#hint));
    else if (!this.empty) hint?.remove();
  }

  #atBottom() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM_PX; }

  #scrolled() {
    const top = this.log.scrollTop;
    if (this.#atBottom()) this.#following = true;
    else if (top < this.#lastTop) this.#following = false;
    this.#lastTop = top;
    this.jump.hidden = this.#following;
    this.#restLater();
    if (this.#following && this.#seen) this.#count(0);
  }

  #restLater() {
    this.log.classList.remove("resting");
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), RESTING_MS);
  }

  #rest() {
    for (const day of this.log.querySelectorAll(".day > h3")) day.classList.toggle("afloat", day.offsetTop > DAY_MARGIN_PX);
    this.log.classList.add("resting");
  }

  #count(unread) {
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.badge.textContent = unread || "";
    this.jump.setAttribute("aria-label", unread ? `${t("jumpDown")} (${t("unread", unread)})` : t("jumpDown"));
    this.#onUnread(unread);
  }

  #walk(event) {
    const current = event.target.closest(".message");
    if (event.key === "Enter" && event.target === current) return this.#openMenu(event);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || (event.target !== this.log && event.target !== current)) return;
    event.preventDefault();
    const nodes = [...this.log.querySelectorAll(".message")];
    const next = current ? nodes[nodes.indexOf(current) + step] : nodes.at(-1);
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  #openMenu(event) {
    const node = event.target.closest(".message");
    if (!node || event.target.closest("a, .keyboard")) return;
    event.preventDefault();
    const shown = [...this.#messages.values()].find((one) => one.node === node);
    if (shown) this.#actions.menu(shown.message, node.querySelector(".bubble"));
  }
}

function discard(node) {
  const day = node.closest(".day");
  node.remove();
  for (const album of day?.querySelectorAll(".album:empty") ?? []) album.remove();
  if (day && !day.querySelector(".message")) day.remove();
}

function focusPath(node) {
  if (!node.contains(document.activeElement)) return null;
  return [...node.querySelectorAll("button, a")].indexOf(document.activeElement);
}

function refocus(node, path) {
  if (path === null) return;
  const target = node.querySelectorAll("button, a")[path] ?? node;
  target.focus({ preventScroll: true });
}
