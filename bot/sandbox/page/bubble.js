// One message as people know it: who forwarded it, what it answers, its picture, text, time and buttons.
import { fileAddress } from "./api.js";
import { element, icon, iconButton } from "./element.js";
import { formatted } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { timeOfDay } from "./moment.js";
import { t } from "./words.js";

const MEDIA_WIDTH = 260;

/** Draws `message` as `chat`'s phone shows it; `actions` is what tapping its parts does. */
export function bubble(message, chat, actions) {
  const mine = message.from?.id === chat && !message.from.is_bot;
  const when = timeOfDay(message.date * 1000);
  return element("article", {
    class: `message ${mine ? "out" : "in"}${message.photo ? " has-photo" : ""}`, tabindex: "-1",
    "data-message-id": message.message_id, "aria-label": `${mine ? t("you") : (message.from?.first_name ?? t("bot"))}, ${when}`,
  }, element("div", { class: "bubble" }, parts(message, actions), meta(message, when), moreButton(message, actions)), keyboard(message, actions));
}

function parts(message, actions) {
  const words = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  return [
    message.forward_origin && element("div", { class: "forwarded" }, t("forwardedFrom", originName(message.forward_origin))),
    message.reply_to_message && quoted(message.reply_to_message, actions),
    message.photo && photo(message, actions),
    message.document && paper(message.document),
    words && element("div", { class: "text" }, formatted(words, entities, actions.command)),
  ];
}

/** The name Telegram shows for where a forwarded message came from. */
function originName(origin) {
  switch (origin.type) {
    case "user": return [origin.sender_user.first_name, origin.sender_user.last_name].filter(Boolean).join(" ");
    case "hidden_user": return origin.sender_user_name;
    case "chat": return origin.sender_chat.title;
    default: return origin.chat.title;
  }
}

function quoted(original, actions) {
  return element("button", { type: "button", class: "quoted", onclick: () => actions.show(original.message_id) },
    element("b", {}, original.from?.first_name ?? t("bot")), element("span", {}, summary(original)));
}

/** A message in one line, for a quote above a reply. */
export function summary(message) {
  return message.text ?? message.caption ?? message.document?.file_name ?? t(message.photo ? "picture" : "document");
}

function photo(message, actions) {
  const largest = message.photo.at(-1);
  const { width, height } = fitted(largest);
  const address = fileAddress(largest.file_id);
  const picture = element("img", { src: address, width, height, alt: message.caption ?? t("picture"), draggable: "false" });
  return element("button", { type: "button", class: "photo", "aria-label": t("enlarge"), onclick: () => actions.enlarge(address, message.caption) }, picture);
}

function fitted({ width, height }) {
  const scale = Math.min(1, MEDIA_WIDTH / width) || 1;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function paper(file) {
  return element("a", { class: "document", href: fileAddress(file.file_id), download: file.file_name ?? "" },
    element("span", { class: "sheet" }, icon("file")),
    element("span", { class: "about" }, element("b", {}, file.file_name ?? t("document")), element("small", {}, size(file.file_size))));
}

const size = (bytes = 0) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

function meta(message, when) {
  return element("span", { class: "meta" }, message.edit_date ? `${t("edited")} ` : null,
    element("time", { datetime: new Date(message.date * 1000).toISOString() }, when));
}

function moreButton(message, actions) {
  return iconButton("down", t("messageMenu"), (event) => actions.menu(message, event.currentTarget), { class: "icon-button more", tabindex: "-1" });
}
