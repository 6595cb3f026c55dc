// One message: origin of a forward, quoted message, media, text, time and buttons.
import { element, iconButton } from "./element.js";
import { formatted } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { isShown, media, mediaName } from "./media.js";
import { timeOfDay } from "./moment.js";
import { t } from "./words.js";

/** Renders `message` of `chat`; `actions` are called when its parts are tapped. */
export function bubble(message, chat, actions) {
  if (message.pinned_message) return service(message, actions);
  const mine = message.from?.id === chat && !message.from.is_bot;
  const when = timeOfDay(message.date * 1000);
  return element("article", {
    class: `message ${mine ? "out" : "in"}${isShown(message) ? " has-photo" : ""}`, tabindex: "-1",
    "data-message-id": message.message_id, "aria-label": `${mine ? t("you") : (message.from?.first_name ?? t("bot"))}, ${when}`,
  }, element("div", { class: "bubble" }, parts(message, actions), meta(message, when), moreButton(message, actions)), keyboard(message, actions));
}

/** A service message, such as a pin. */
function service(message, actions) {
  const pinned = message.pinned_message;
  return element("article", { class: "message service", tabindex: "-1", "data-message-id": message.message_id },
    element("button", { type: "button", class: "bubble", onclick: () => actions.show(pinned.message_id) },
      t("pinnedBy", message.from?.first_name ?? t("bot"), summary(pinned))));
}

function parts(message, actions) {
  const words = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  return [
    message.forward_origin && element("div", { class: "forwarded" }, t("forwardedFrom", originName(message.forward_origin))),
    message.reply_to_message && quoted(message.reply_to_message, actions),
    media(message, actions),
    words && element("div", { class: "text" }, formatted(words, entities, actions.command)),
  ];
}

/** The name that Telegram shows as the origin of a forwarded message. */
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

/** A message in one line, as the quote above a reply. */
export function summary(message) {
  return message.text ?? message.caption ?? mediaName(message);
}

function meta(message, when) {
  const reactions = (message.reactions ?? []).map(({ emoji }) => emoji ?? "⭐").join("");
  return element("span", { class: "meta" }, reactions ? `${reactions} ` : null, message.edit_date ? `${t("edited")} ` : null,
    element("time", { datetime: new Date(message.date * 1000).toISOString() }, when));
}

function moreButton(message, actions) {
  return iconButton("down", t("messageMenu"), (event) => actions.menu(message, event.currentTarget), { class: "icon-button more", tabindex: "-1" });
}
