// All phones side by side; on a narrow window one at a time, with tabs to choose.
import { addUser, send } from "./api.js";
import { avatar, element } from "./element.js";
import { askNewPhone, askPhone } from "./forms.js";
import { Phone } from "./phone.js";
import { remember, remembered, t } from "./words.js";

const MOSTLY = 0.6; // visible part from which a phone counts as seen

export class Board {
  #phones = new Map();
  #tabs = new Map();
  #hidden = new Set(JSON.parse(remembered("hidden") ?? "[]"));
  #nowMs; #toasts; #onCount;

  constructor({ nowMs, toasts, onCount }) {
    this.#nowMs = nowMs; this.#toasts = toasts; this.#onCount = onCount;
    this.tabs = element("nav", { class: "tabs", "aria-label": t("choosePhone") });
    this.nothing = element("div", { class: "nothing", hidden: true });
    this.row = element("main", { class: "row-of-phones", id: "phones", tabindex: "-1" }, this.nothing);
    this.watch = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)), { root: this.row, threshold: MOSTLY });
  }

  /** Replaces all phones by those of these people, with their whole history. */
  async refresh(users) {
    this.#forgetAllBut(users);
    users.forEach((user) => this.#put(user));
    this.#layOut();
    await Promise.all([...this.#phones.values()].map((phone) => phone.refresh()));
  }

  /** Applies one event of the sandbox. */
  hear(event) {
    if (event.type === "user") this.#learn(event.user);
    else if (event.type === "commands") this.#phones.forEach((phone) => this.#toasts.attempt(() => phone.refreshCommands()));
    else this.#phones.get(event.chat)?.hear(event);
  }

  /** Updates everything that is named relative to the clock. */
  showTime() { this.#phones.forEach((phone) => phone.showTime()); }

  async addPhone() {
    const user = await askNewPhone();
    if (!user) return;
    await this.#toasts.attempt(async () => {
      const added = await addUser(user);
      this.#learn(added);
      this.show(added.id);
    });
  }

  /** All phones as `{user, shown}`. */
  list() { return [...this.#phones.values()].map(({ user }) => ({ user, shown: !this.#hidden.has(user.id) })); }

  setShown(id, shown) {
    if (shown) this.#hidden.delete(id);
    else this.#hidden.add(id);
    remember("hidden", JSON.stringify([...this.#hidden]));
    this.#layOut();
  }

  show(id) { this.#phones.get(id)?.node.scrollIntoView({ inline: "center", block: "nearest", behavior: "smooth" }); }

  #learn(user) {
    const known = this.#phones.has(user.id);
    const phone = this.#put(user);
    this.#layOut();
    if (!known) this.#toasts.attempt(() => phone.refresh());
  }

  /** Removes other phones: a restarted sandbox has other people, perhaps with the same ids. */
  #forgetAllBut(users) {
    const names = new Map(users.map((user) => [user.id, user.first_name]));
    for (const [id, phone] of this.#phones) if (names.get(id) !== phone.user.first_name) this.#forget(id, phone);
  }

  #forget(id, phone) {
    this.watch.unobserve(phone.node);
    phone.node.remove();
    this.#tabs.get(id).remove();
    this.#phones.delete(id);
    this.#tabs.delete(id);
  }

  #put(user) {
    const known = this.#phones.get(user.id);
    known?.update(user);
    return known ?? this.#add(user);
  }

  #add(user) {
    const phone = new Phone(user, {
      nowMs: this.#nowMs, onUnread: (changed, count) => this.#badge(changed, count),
      onForward: (from, message) => this.#forward(from, message), onHide: ({ user: { id } }) => this.setShown(id, false),
    });
    this.#phones.set(user.id, phone);
    this.#tabs.set(user.id, this.#tab(user));
    this.row.append(phone.node);
    this.tabs.append(this.#tabs.get(user.id));
    this.watch.observe(phone.node);
    return phone;
  }

  #tab(user) {
    return element("button", { type: "button", class: "tab", onclick: () => this.show(user.id) },
      avatar(user), element("span", { class: "tab-name" }, user.first_name), element("span", { class: "count" }));
  }

  #badge({ user }, count) {
    this.#tabs.get(user.id).querySelector(".count").textContent = count || "";
  }

  #seen({ target, isIntersecting }) {
    const id = [...this.#phones].find(([, phone]) => phone.node === target)?.[0];
    if (id === undefined) return;
    this.#phones.get(id).conversation.setSeen(isIntersecting);
    const tab = this.#tabs.get(id);
    tab.toggleAttribute("aria-current", isIntersecting);
    if (isIntersecting) tab.parentNode.scrollTo({ left: tab.offsetLeft - tab.parentNode.clientWidth / 3, behavior: "smooth" });
  }

  #layOut() {
    for (const [id, phone] of this.#phones) {
      phone.node.hidden = this.#hidden.has(id);
      this.#tabs.get(id).hidden = phone.node.hidden;
    }
    const shown = this.list().filter((entry) => entry.shown).length;
    this.#showNothing(shown === 0);
    this.#onCount(shown);
  }

  #showNothing(nothing) {
    this.nothing.hidden = !nothing;
    if (!nothing) return;
    const none = this.#phones.size === 0;
    this.nothing.replaceChildren(element("h2", {}, t(none ? "noPhones" : "allHidden")), none && element("p", {}, t("noPhonesHint")),
      element("button", { type: "button", class: "primary", onclick: () => this.addPhone() }, t("addPhone")));
  }

  async #forward(from, message) {
    const user = await askPhone(this.list().map((entry) => entry.user));
    if (!user) return;
    const post = { forward: { from_chat: from.user.id, message_id: message.message_id } };
    if (!await from.toasts.attempt(() => send(user.id, post))) return;
    from.toasts.say(t("forwardedTo", user.first_name));
    this.show(user.id);
  }
}
