// The page's forms: new phone, outside post, invite, time, sticker, contact and place.
import { ask, choose, field } from "./dialogs.js";
import { avatar, element } from "./element.js";
import { messengerChoices } from "./messengers.js";
import { fromWallClock, toWallClock } from "./moment.js";
import { t } from "./words.js";

const input = (attributes) => element("input", { type: "text", autocomplete: "off", ...attributes });
const text = (form, name) => form.elements[name].value.trim();

/** Resolves to the body of `POST /sandbox/users`, or null. */
export const askNewPhone = () => ask({
  title: t("addPhone"), confirm: t("add"),
  fields: [
    field(t("name"), input({ name: "first_name", required: true, maxlength: 64, autofocus: true, pattern: ".*\\S.*" })),
    field(t("note"), input({ name: "note", maxlength: 40, placeholder: t("noteExample") })),
    field(t("language"), element("select", { name: "language_code" },
      element("option", { value: "vi" }, "Tiếng Việt"), element("option", { value: "en" }, "English"))),
    field(t("messenger"), element("select", { name: "messenger" },
      messengerChoices().map(({ value, label }) => element("option", { value }, label)))),
  ],
  read: (form) => ({
    first_name: text(form, "first_name"), language_code: text(form, "language_code"), messenger: text(form, "messenger"),
    ...(text(form, "note") && { note: text(form, "note") }),
  }),
});

/** Resolves to the new time of the clock in milliseconds, or null. */
export const askTime = (nowMs) => ask({
  title: t("chooseTime"), hint: t("timeHint"), confirm: t("moveClock"),
  fields: field(t("clock"), input({ type: "datetime-local", name: "at", required: true, value: toWallClock(nowMs) })),
  read: (form) => fromWallClock(text(form, "at")),
});

/** Resolves to the payload of a pasted invite link or code, or null. */
export const askInvite = () => ask({
  title: t("openWithCode").replace("…", ""), confirm: t("open"),
  fields: field(t("inviteCode"), input({ name: "code", required: true, autofocus: true })),
  read: (form) => payloadOf(text(form, "code")) ?? text(form, "code"),
});

/** The start payload in a link such as `https://t.me/bot?start=abc`, or null. */
export function payloadOf(address) {
  const link = URL.canParse(address) ? new URL(address) : null;
  return link && /^(t\.me|telegram\.me)$/i.test(link.hostname) ? link.searchParams.get("start") : null;
}

/** Resolves to `{forward, photo}` for a post from outside the sandbox, or null. */
export function askOutsidePost() {
  const kind = element("select", { name: "kind", onchange: () => showKind() },
    element("option", { value: "channel" }, t("fromChannel")), element("option", { value: "person" }, t("fromPerson")));
  const name = field(t("channelTitle"), input({ name: "name", required: true, maxlength: 128 }));
  const username = field(t("channelUsername"), input({ name: "username", pattern: "@?[A-Za-z0-9_]+" }));
  const words = element("textarea", { name: "text", rows: 4, required: true });
  const photo = element("input", { type: "file", name: "photo", accept: "image/*", onchange: () => { words.required = photo.files.length === 0; } });
  const showKind = () => {
    username.hidden = kind.value === "person";
    name.firstChild.textContent = t(kind.value === "person" ? "personName" : "channelTitle");
  };
  return ask({
    title: t("outsideTitle"), hint: t("outsideHint"), confirm: t("forward"), read: outsidePost,
    fields: [field(t("outsideFrom"), kind), name, username,
      field(t("postText"), words), field(t("photoOptional"), photo)],
  });
}

function outsidePost(form) {
  const username = text(form, "username").replace(/^@/, "");
  const origin = form.elements.kind.value === "person"
    ? { sender_name: text(form, "name") }
    : { channel: { title: text(form, "name"), ...(username && { username }) } };
  return { forward: { ...origin, text: text(form, "text") }, photo: form.elements.photo.files[0] };
}

/** Resolves to the user whose phone a message is forwarded from, or null. */
export const askPhone = (users) => choose({
  title: t("forwardTo"), hint: t("forwardHint"),
  options: users.map((user) => ({ value: user, label: user.first_name, mark: avatar(user) })),
});

/** Resolves to a message without text and file (a sticker, a contact, a place), or null. */
export const askOther = (others) => choose({
  title: t("otherKinds").replace("…", ""), hint: t("otherKindsHint"),
  options: others.map(({ word, message }) => ({ value: message, label: t(word) })),
});

/** Resolves to true when the person wants the account to delete what it has of them. */
export const askWithdrawal = () => ask({ title: t("withdraw").replace("…", ""), hint: t("withdrawHint"), fields: [], confirm: t("withdrawConfirm"), read: () => true });
