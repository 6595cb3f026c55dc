// Inline buttons: rows under a message, and the state of pressed ones.
import { element } from "./element.js";
import { link } from "./entities.js";
import { t } from "./words.js";

const GIVE_UP_MS = 15_000; // until a press without an answer stops spinning, as in Telegram's apps

/** The buttons of one phone that wait for the bot; kept when messages are rendered again. */
export class Presses {
  #waiting = new Map(); // key -> callback query id, null until the response to the press
  #answered = new Set(); // answers that arrived before the response to their press
  #onChange;

  constructor(onChange) { this.#onChange = onChange; }

  waits(messageId, data) { return this.#waiting.has(pressKey(messageId, data)); }

  /** Marks a button as pressed until its answer; `send` resolves to the callback query's id. */
  async begin(messageId, data, send) {
    this.#set(messageId, data, null);
    try {
      const id = await send();
      // An Official Account gets a press as a message, which has no answer of its own.
      if (id === undefined || this.#answered.delete(id)) this.#clear(messageId, data);
      else this.#set(messageId, data, id);
      setTimeout(() => { if (this.#waiting.get(pressKey(messageId, data)) === id) this.#clear(messageId, data); }, GIVE_UP_MS);
    } catch (error) {
      this.#clear(messageId, data);
      throw error;
    }
  }

  answered(id) {
    const found = [...this.#waiting].find(([, waiting]) => waiting === id);
    if (!found) this.#answered.add(id);
    else this.#clear(...JSON.parse(found[0]));
  }

  #set(messageId, data, id) { this.#waiting.set(pressKey(messageId, data), id); this.#onChange(messageId); }
  #clear(messageId, data) { this.#waiting.delete(pressKey(messageId, data)); this.#onChange(messageId); }
}

const pressKey = (messageId, data) => JSON.stringify([messageId, data]);

/** The keyboard of `message`, if any; `actions` are called when buttons are pressed. */
export function keyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return element("div", { class: "keyboard", role: "group", "aria-label": t("buttons") },
    rows.map((row) => element("div", { class: "row" }, row.map((button) => buttonOf(button, message, actions)))));
}

function buttonOf(button, message, actions) {
  const url = button.url ?? button.web_app?.url ?? button.login_url?.url;
  if (url) return linkKey({ ...button, url }, actions);
  const words = inlineWords(button);
  if (words !== undefined) return plainKey(button, "key copies", () => actions.copy(`@${message.from.username} ${words}`));
  if (button.copy_text) return plainKey(button, "key copies", () => actions.copy(button.copy_text.text));
  const onclick = () => actions.press(message.message_id, button.callback_data);
  const waiting = actions.waits(message.message_id, button.callback_data);
  return plainKey(button, "key", onclick, { "data-press": button.callback_data, "aria-busy": waiting ? "true" : null });
}

/** What the button types into a chat after the bot's name; here it is copied for the board. */
const inlineWords = (button) => button.switch_inline_query ?? button.switch_inline_query_current_chat
  ?? (button.switch_inline_query_chosen_chat && (button.switch_inline_query_chosen_chat.query ?? ""));

function plainKey(button, style, onclick, attributes = {}) {
  return element("button", { type: "button", class: styled(button, style), onclick, ...attributes }, element("span", {}, button.text));
}

function linkKey(button, actions) {
  const onclick = (event) => { if (actions.follow(button.url)) event.preventDefault(); };
  return link(button.url, element("span", {}, button.text), { class: styled(button, "key opens"), onclick });
}

/** With the class of the button's colour, if it has one. */
const styled = (button, classes) => button.style ? `${classes} ${button.style}` : classes;
