// The input of a phone: text box, command menu, attachments and the reply.
import { Attachments } from "./attachments.js";
import { send, sendFiles } from "./api.js";
import { summary } from "./bubble.js";
import { CommandMenu } from "./commands.js";
import { element, icon, iconButton } from "./element.js";
import { markSelection, outgoing } from "./formatting.js";
import { t } from "./words.js";

export class Composer {
  #replyTo = null;
  #chat; #toasts;

  constructor({ chat, toasts }) {
    this.#chat = chat; this.#toasts = toasts;
    this.textbox = element("textarea", {
      rows: 1, placeholder: t("write"), "aria-label": t("write"), enterkeyhint: "send",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onblur: () => this.menu.close(),
    });
    this.menu = new CommandMenu({ chat, textbox: this.textbox, onChoose: (command) => this.#sendCommand(command) });
    this.attachments = new Attachments(() => { this.#updateSend(); this.textbox.focus(); });
    this.sendButton = element("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send"), disabled: true }, icon("send"));
    this.reply = element("div", { class: "replying", hidden: true });
    this.node = element("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.menu.node, this.reply, this.attachments.node, this.#bar());
    this.attachments.acceptIn(this.node);
  }

  set commands(commands) {
    this.menu.commands = commands;
    this.menuButton.hidden = commands.length === 0;
  }

  focus() { this.textbox.focus(); }

  /** Makes the next message a reply to `message`. */
  replyTo(message) {
    this.#replyTo = message;
    this.reply.replaceChildren(icon("reply"), element("span", {}, `${t("replyingTo")}: ${summary(message)}`),
      iconButton("close", t("cancelReply"), () => { this.#dropReply(); this.focus(); }));
    this.reply.hidden = false;
    this.focus();
  }

  #bar() {
    const keepFocus = (event) => event.preventDefault();
    this.menuButton = element("button", { type: "button", class: "menu-button", hidden: true, onmousedown: keepFocus, onclick: () => this.menu.toggle() }, icon("menu"), element("span", {}, t("commandMenu")));
    return element("div", { class: "bar" }, this.menuButton, this.textbox, this.attachments.input,
      iconButton("attach", t("attach"), () => this.attachments.input.click()), this.sendButton);
  }

  #typed() {
    this.menu.narrow(this.textbox.value);
    this.#updateSend();
    this.#grow();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is composing
    if (this.menu.handleKey(event) || markSelection(event, this.textbox)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") this.#dropReply();
  }

  async #submit() {
    const text = this.textbox.value.trim();
    if (!text && this.attachments.empty) return;
    const files = this.attachments.files;
    const asDocuments = this.attachments.asDocuments.checked;
    const message = { ...(text && outgoing(text)), ...this.#replyFields() };
    this.#clear();
    const sent = await this.#toasts.attempt(() => (files.length
      ? sendFiles(this.#chat, files, { ...captioned(message), asDocuments })
      : send(this.#chat, message)));
    if (!sent) this.#restore(text, files);
  }

  async #sendCommand(command) {
    this.#clear();
    this.focus();
    await this.#toasts.attempt(() => send(this.#chat, { text: command }));
  }

  #replyFields() { return this.#replyTo ? { reply_to: this.#replyTo.message_id } : {}; }

  #clear() {
    this.textbox.value = "";
    this.attachments.clear();
    this.#dropReply();
    this.#typed();
  }

  #restore(text, files) {
    if (this.textbox.value === "") this.textbox.value = text;
    this.attachments.add(files);
    this.#typed();
  }

  #dropReply() {
    this.#replyTo = null;
    this.reply.hidden = true;
  }

  #updateSend() { this.sendButton.disabled = this.textbox.value.trim() === "" && this.attachments.empty; }

  #grow() {
    this.textbox.style.setProperty("height", "auto");
    this.textbox.style.setProperty("height", `${this.textbox.scrollHeight}px`);
  }
}

const captioned = ({ text, ...rest }) => ({ ...rest, caption: text });
