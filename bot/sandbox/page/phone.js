// One person's phone: the person, the chat with the bot, and the actions.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { ContactWindow } from "./contact_window.js";
import { Conversation } from "./conversation.js";
import { enlarge, tell } from "./dialogs.js";
import { avatar, element, iconButton } from "./element.js";
import { openElsewhere } from "./elsewhere.js";
import { askInvite, askOther, askOutsidePost, askWithdrawal, payloadOf } from "./forms.js";
import { Presses } from "./keyboard.js";
import { openMenu } from "./menu.js";
import { messengerOf } from "./messengers.js";
import { editAccount } from "./oa_account.js";
import { Pinned } from "./pinned.js";
import { Toasts } from "./toast.js";
import { t } from "./words.js";

const ACTION_MS = 5000; // how long Telegram shows “typing…”

export class Phone {
  #pending = null; // events that arrived while the history was loading
  #turn = 0; // number of the latest load of the history; older ones are dropped
  #actionTimer;
  #username = "niemtin_bot"; // until a message of the bot contains it
  #onForward; #onHide; #nowMs;

  constructor(user, { nowMs, onUnread, onForward, onHide }) {
    this.user = user; this.messenger = messengerOf(user); this.#onForward = onForward; this.#onHide = onHide; this.#nowMs = nowMs;
    this.toasts = new Toasts();
    this.presses = new Presses((messageId) => this.conversation.markWaiting(messageId));
    this.conversation = new Conversation({ chat: user.id, actions: this.#actions(), nowMs, hint: t(this.messenger.emptyChat), onUnread: (count) => { onUnread(this, count); this.#markSeen(); } });
    this.pinned = new Pinned({ find: (id) => this.conversation.get(id), show: (id) => this.conversation.show(id) });
    this.window = this.messenger.follows ? new ContactWindow() : null;
    this.composer = new Composer({ chat: user.id, toasts: this.toasts });
    this.node = element("section", { class: `phone ${user.messenger}`, "data-chat": user.id, "aria-label": t("phoneOf", user.first_name) },
      this.#owner(), element("div", { class: "device" }, this.#header(), this.window?.node, this.pinned.node, this.conversation.node, this.toasts.node, this.#foot()));
    this.update(user);
  }

  /** Loads history and commands; events in the meantime are applied afterwards. */
  async refresh() {
    const turn = ++this.#turn;
    this.#pending = [];
    try {
      const [messages, commands, pinned, reactions] = await Promise.all([api.listMessages, api.listCommands, api.listPinned, api.listReactions].map((list) => list(this.user.id)));
      for (const message of messages) message.reactions = reactions[message.message_id];
      if (turn === this.#turn) this.#show(messages, commands, pinned);
    } finally {
      if (turn === this.#turn) this.#catchUp();
    }
  }

  async refreshCommands() { this.composer.commands = await api.listCommands(this.user.id); }

  /** Applies one event of this chat. */
  hear(event) {
    if (this.#pending) return void this.#pending.push(event);
    switch (event.type) {
      case "message": return this.#receive(event.message);
      case "edited": this.conversation.edit(event.message); return this.pinned.draw();
      case "pinned": this.pinned.ids = event.message_ids; return undefined;
      case "reaction": return this.conversation.react(event.message_id, event.reactions);
      case "deleted": return this.conversation.remove(event.message_id);
      case "answer": return this.#answered(event);
      case "action": return this.#showAction(event.action);
      case "block": return this.update({ ...this.user, blocked: event.blocked });
      default: return undefined;
    }
  }

  /** Applies a change of the person. */
  update(user) {
    this.user = user;
    this.switch.setAttribute("aria-checked", this.messenger.follows ? user.follows : user.blocked);
    this.name.textContent = user.first_name;
    this.note.textContent = user.note ?? "";
    const ready = user.started || !this.messenger.starts;
    this.composer.node.hidden = user.blocked || !ready;
    this.startPanel.hidden = ready || user.blocked;
    this.blockedPanel.hidden = !user.blocked;
    this.window?.show(user, this.#nowMs());
  }

  /** Updates what is named relative to the clock. */
  showTime() {
    this.conversation.nameDays();
    this.window?.show(this.user, this.#nowMs());
  }

  #show(messages, commands, pinned) {
    this.conversation.replaceAll(messages);
    this.pinned.ids = pinned;
    this.#nameBot(messages.find((message) => message.from?.is_bot)?.from);
    this.composer.commands = commands;
  }

  #catchUp() {
    const missed = this.#pending;
    this.#pending = null;
    missed.forEach((event) => this.hear(event));
  }

  #receive(message) {
    this.conversation.put(message);
    if (message.from?.is_bot) {
      this.#nameBot(message.from);
      this.#showAction(null);
      this.#markSeen();
    } else if (!this.user.started) this.update({ ...this.user, started: true });
  }

  #answered({ callback_query_id: id, text, show_alert: alert }) {
    this.presses.answered(id);
    if (!text) return;
    if (alert) tell(t("alertFrom", this.user.first_name), text);
    else this.toasts.say(text);
  }

  #showAction(action) {
    clearTimeout(this.#actionTimer);
    this.status.textContent = action ? t(action === "typing" ? "typing" : "uploading") : t(this.messenger.kind).toLowerCase();
    this.status.classList.toggle("busy", Boolean(action));
    if (action) this.#actionTimer = setTimeout(() => this.#showAction(null), ACTION_MS);
  }

  #nameBot(bot) {
    if (!bot) return;
    this.botName.textContent = bot.first_name;
    this.#username = bot.username ?? this.#username;
  }

  #owner() {
    this.name = element("h2", {});
    this.note = element("span", { class: "note" });
    const { name, hint, follows } = this.messenger;
    const onclick = () => (follows ? this.#setFollowing(!this.user.follows) : this.#setBlocked(!this.user.blocked));
    this.switch = element("button", { type: "button", role: "switch", class: follows ? "switch follow" : "switch", onclick },
      element("span", {}, t(follows ? "followSwitch" : "blockedSwitch")));
    const line = element("div", { class: "line" }, hint && element("span", { class: "app", title: t(hint) }, name), this.note);
    return element("div", { class: "owner" }, avatar(this.user), element("div", { class: "holder" }, this.name, line), this.switch);
  }

  #header() {
    this.botName = element("b", {}, t(this.messenger.bot));
    this.status = element("span", { class: "status" }, t(this.messenger.kind).toLowerCase());
    return element("header", {}, element("img", { src: "/page/icon.svg", alt: "", width: 38, height: 38 }),
      element("div", { class: "bot" }, this.botName, this.status),
      iconButton("more", t("phoneMenu"), (event) => this.#openMenu(event.currentTarget), { "aria-haspopup": "menu" }));
  }

  #foot() {
    this.startPanel = element("div", { class: "panel" },
      element("button", { type: "button", class: "primary", onclick: () => this.#start() }, t("start")),
      element("button", { type: "button", class: "quiet", onclick: () => this.#startWithInvite() }, t("openWithCode")));
    this.blockedPanel = element("div", { class: "panel" }, element("span", {}, t("blockedNote")),
      element("button", { type: "button", class: "quiet", onclick: () => this.#setBlocked(false) }, t("unblock")));
    return element("footer", {}, this.startPanel, this.blockedPanel, this.composer.node);
  }

  #openMenu(anchor) {
    openMenu(anchor, [
      { icon: "forward", label: t("outsidePost"), onclick: () => this.#forwardOutsidePost() },
      { icon: "attach", label: t("otherKinds"), onclick: () => this.#sendOther() },
      ...(this.messenger.starts ? this.#telegramChoices() : []),
      ...(this.messenger.follows ? this.#accountChoices() : []),
      { icon: "close", label: t("hidePhone"), onclick: () => this.#onHide(this) },
    ], t("phoneMenu"));
  }

  #telegramChoices() {
    return [
      { icon: "plus", label: t("openWithCode"), onclick: () => this.#startWithInvite() },
      { icon: "reply", label: t("elsewhere"), onclick: () => openElsewhere(this.user, this.#username, this.#nowMs) },
    ];
  }

  #accountChoices() {
    return [
      { icon: "clock", label: t("oaAccount"), onclick: () => this.toasts.attempt(editAccount) },
      { icon: "file", label: t("withdraw"), onclick: () => this.#withdraw() },
      { icon: "close", label: t("blockAccount"), onclick: () => this.#setBlocked(true) },
    ];
  }

  async #withdraw() {
    if (await askWithdrawal()) await this.toasts.attempt(() => api.withdraw(this.user.id));
  }

  /** Tells the Official Account that its messages were seen, once they are on the screen. */
  #markSeen() {
    if (this.messenger.follows && this.conversation.isRead) this.toasts.attempt(() => api.markSeen(this.user.id));
  }

  #setFollowing(follows) { return this.toasts.attempt(() => api.setFollowing(this.user.id, follows)); }

  #setBlocked(blocked) { return this.toasts.attempt(() => api.setBlocked(this.user.id, blocked)); }

  async #start(payload) {
    if (!await this.toasts.attempt(() => api.start(this.user.id, payload))) return;
    this.update({ ...this.user, started: true }); // the event may arrive later
    this.composer.focus();
  }

  async #startWithInvite() {
    const payload = await askInvite();
    if (payload) await this.#start(payload);
  }

  async #forwardOutsidePost() {
    const post = await askOutsidePost();
    if (!post) return;
    await this.toasts.attempt(() => (post.photo
      ? api.sendFiles(this.user.id, [post.photo], { forward: post.forward })
      : api.send(this.user.id, { forward: post.forward })));
  }

  async #sendOther() {
    const message = await askOther(this.messenger.others);
    if (message) await this.toasts.attempt(() => api.send(this.user.id, message));
  }

  #actions() {
    return {
      waits: (messageId, data) => this.presses.waits(messageId, data),
      press: (messageId, data) => this.#press(messageId, data),
      copy: (text) => this.#copy(text),
      follow: (address) => this.#follow(address),
      command: (command) => this.toasts.attempt(() => api.send(this.user.id, { text: command })),
      show: (messageId) => this.conversation.show(messageId),
      enlarge,
      menu: (message, anchor) => this.#openMessageMenu(message, anchor),
    };
  }

  #press(messageId, data) {
    const ask = async () => (await api.press(this.user.id, messageId, data)).callback_query_id;
    return this.toasts.attempt(() => this.presses.begin(messageId, data, ask));
  }

  /** Opens a link to the bot in this phone; returns whether it was one. */
  #follow(address) {
    const payload = payloadOf(address);
    if (payload) this.#start(payload);
    return Boolean(payload);
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.say(t("copied"));
    } catch {
      this.toasts.say(t("notCopied", text));
    }
  }

  #openMessageMenu(message, anchor) {
    const words = message.text ?? message.caption;
    openMenu(anchor, [
      ...(this.messenger.replies ? [{ icon: "reply", label: t("reply"), onclick: () => this.composer.replyTo(message) }] : []),
      { icon: "forward", label: t("forward"), onclick: () => this.#onForward(this, message) },
      ...(words ? [{ icon: "file", label: t("copyText"), onclick: () => this.#copy(words) }] : []),
    ], t("messageMenu"));
  }
}
