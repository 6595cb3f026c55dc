// A client of the sandbox's control API.
import { firstFrame } from "./first_frame.js";

/** An error of the control API; the message is its sentence. */
export class Refused extends Error {}

async function call(method, path, body) {
  const answer = await fetch(path, { method, ...encoded(body) });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(content.error ?? `HTTP ${answer.status}`);
  return content;
}

function encoded(body) {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

const chatPath = (chat, action) => `/sandbox/chats/${encodeURIComponent(chat)}/${action}`;

export const listUsers = () => call("GET", "/sandbox/users");
export const addUser = (user) => call("POST", "/sandbox/users", user);
export const listMessages = (chat) => call("GET", chatPath(chat, "messages"));
export const listCommands = (chat) => call("GET", chatPath(chat, "commands"));
export const listReactions = (chat) => call("GET", chatPath(chat, "reactions"));
export const listPinned = (chat) => call("GET", chatPath(chat, "pinned"));
export const send = (chat, message) => call("POST", chatPath(chat, "send"), message);
export const start = (chat, payload) => call("POST", chatPath(chat, "start"), payload ? { payload } : {});
export const setBlocked = (chat, blocked) => call("POST", chatPath(chat, blocked ? "block" : "unblock"), {});
export const setFollowing = (chat, follows) => call("POST", chatPath(chat, follows ? "follow" : "unfollow"), {});
export const markSeen = (chat) => call("POST", chatPath(chat, "seen"), {});
export const withdraw = (chat) => call("POST", chatPath(chat, "withdraw"), {});
export const readAccount = () => call("GET", "/sandbox/oa");
export const changeAccount = (changes) => call("POST", "/sandbox/oa", changes);
export const press = (chat, messageId, data) => call("POST", chatPath(chat, "press"), { message_id: messageId, data });
export const lookUp = (chat, query) => call("POST", chatPath(chat, "inline"), { query });
export const readClock = () => call("GET", "/sandbox/clock");
export const advanceClock = (seconds) => call("POST", "/sandbox/clock", { advance_s: seconds });
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/** Sends files, several as one album, a video with its first frame; `extra` holds further fields of the request. */
export async function sendFiles(chat, files, { asDocuments = false, ...extra } = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(extra)) {
    if (value !== undefined) form.append(name, typeof value === "object" ? JSON.stringify(value) : value);
  }
  for (const file of files) {
    const kind = asDocuments ? "document" : kindOf(file);
    form.append(kind, file, file.name);
    const frame = kind === "video" && await firstFrame(file);
    if (frame) form.append("thumbnail", frame, "thumbnail.jpg");
  }
  return send(chat, form);
}

/** The kind that Telegram's apps choose for this file by default. */
function kindOf(file) {
  if (isPicture(file)) return "photo";
  if (file.type.startsWith("video/")) return "video";
  if (/^audio\/(ogg|opus)/.test(file.type)) return "voice";
  return file.type.startsWith("audio/") ? "audio" : "document";
}

/** Whether Telegram's apps would offer to send this file as a photo. */
export const isPicture = (file) => /^image\/(png|jpeg|webp|gif|bmp)$/.test(file.type);
