// Contents of messages other than text: pictures, videos, audio, documents, contacts, places.
import { fileAddress } from "./api.js";
import { element, icon } from "./element.js";
import { t } from "./words.js";

const MEDIA_WIDTH = 260;

/** Whether the message has a picture or a video, which fills its bubble. */
export const isShown = (message) => Boolean(message.photo ?? filmOf(message));

const filmOf = (message) => message.video ?? message.animation ?? message.video_note;

/** The content other than text, rendered above it. */
export function media(message, actions) {
  if (message.photo) return photo(message, actions);
  if (filmOf(message)) return film(filmOf(message), message.caption);
  if (message.voice ?? message.audio) return sound(message.voice ?? message.audio);
  if (message.document) return paper(message.document);
  if (message.contact) return plain("👤", `${message.contact.first_name} · ${message.contact.phone_number}`);
  if (message.venue) return plain("📍", `${message.venue.title} · ${message.venue.address}`);
  if (message.location) return plain("📍", `${message.location.latitude}, ${message.location.longitude}`);
  if (message.unsupported) return plain("❔", t("someOther"));
  if (message.sticker) return element("span", { class: "sticker" }, stickerSign(message));
  return null;
}

/** One line for a message without text. */
export function mediaName(message) {
  const file = message.document ?? message.audio ?? message.video;
  if (message.photo) return t("picture");
  if (filmOf(message)) return t("film");
  if (message.voice ?? message.audio) return t("sound");
  if (message.sticker) return stickerSign(message);
  return file?.file_name ?? message.contact?.first_name ?? t("document");
}

/** A sticker: an object on Telegram, a name on Zalo. */
const stickerSign = ({ sticker }) => sticker.emoji ?? (typeof sticker === "string" ? sticker : "🙂");

function photo(message, actions) {
  const largest = message.photo.at(-1);
  const { width, height } = fitted(largest);
  const address = fileAddress(largest.file_id);
  const picture = element("img", { src: address, width, height, alt: message.caption ?? t("picture"), draggable: "false" });
  return element("button", { type: "button", class: "photo", "aria-label": t("enlarge"), onclick: () => actions.enlarge(address, message.caption) }, picture);
}

function film(file, caption) {
  const { width, height } = fitted({ width: file.length, height: file.length, ...file });
  const poster = file.thumbnail && fileAddress(file.thumbnail.file_id);
  return element("span", { class: "photo film" },
    element("video", { src: fileAddress(file.file_id), ...(poster && { poster }), width, height, controls: "", preload: "metadata", "aria-label": caption ?? t("film") }),
    element("small", {}, file.file_name ?? t("film")));
}

function sound(file) {
  return element("span", { class: "sound" },
    element("audio", { src: fileAddress(file.file_id), controls: "", preload: "none", "aria-label": file.file_name ?? t("sound") }));
}

const plain = (sign, words) => element("span", { class: "card" }, element("span", { "aria-hidden": "true" }, `${sign} `), words);

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
