// What the phones of each messenger can do, and how they look.
import { t } from "./words.js";

const STICKER = { word: "sticker", message: { sticker: "👍" } };
const CARD = { word: "contactCard", message: { contact: { phone_number: "0200 555 0100", first_name: "Hoa" } } };
const PLACE = { word: "place", message: { location: { latitude: 21.0285, longitude: 105.8542 } } };
const SOUND = { word: "sound", message: { voice: "voice" } };
const UNKNOWN = { word: "someOther", message: { unsupported: "unknown" } };

/** `others`: messages without text and file; `starts`: with START, invite links and inline mode. */
const MESSENGERS = {
  telegram: { name: "Telegram", choice: "Telegram", others: [STICKER, CARD, PLACE], bot: "botName", kind: "bot", emptyChat: "emptyChat", starts: true, replies: true },
  zalo: { name: "Zalo", choice: "zaloBot", hint: "zaloHint", others: [STICKER, SOUND, UNKNOWN], bot: "botName", kind: "bot", emptyChat: "emptyZaloChat" },
  zalo_oa: { name: "Zalo OA", choice: "zaloOa", hint: "oaHint", others: [STICKER, CARD, PLACE], bot: "oaName", kind: "oaKind", emptyChat: "emptyOaChat", replies: true, follows: true },
};

/** The messenger of a phone by its name in the control API. */
export const messengerOf = (user) => MESSENGERS[user.messenger] ?? MESSENGERS.telegram;

/** All messengers as `{value, label}`, for a new phone. */
export const messengerChoices = () => Object.entries(MESSENGERS).map(([value, { choice }]) => ({ value, label: choice === "Telegram" ? choice : t(choice) }));
