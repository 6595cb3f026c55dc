// A chat with another person, in which the bot's inline mode is used.
import { lookUp } from "./api.js";
import { bubble } from "./bubble.js";
import { open } from "./dialogs.js";
import { element } from "./element.js";
import { t } from "./words.js";

const TYPING_MS = 250; // a pause in typing after which the app sends the inline query

const IDLE = { waits: () => false, press() {}, copy() {}, follow: () => false, command() {}, show() {}, enlarge() {}, menu() {} };

/** Opens this chat on this person's phone. */
export function openElsewhere(user, bot, nowMs) {
  let asked = 0;
  let timer;
  const log = element("div", { class: "elsewhere-log", role: "log", "aria-live": "polite" }, element("p", { class: "hint" }, t("elsewhereHint", bot)));
  const offers = element("div", { class: "options", role: "listbox", "aria-label": t("elsewhereOffers") });
  const input = element("input", { type: "text", autocomplete: "off", "aria-label": t("write"), value: `@${bot} `, oninput: () => later() });
  const content = element("div", {}, element("h2", {}, t("elsewhereTitle")), log, offers, input,
    element("div", { class: "choices" }, element("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, t("close"))));
  const dialog = open(content, t("elsewhereTitle"), "elsewhere");
  dialog.addEventListener("close", () => { clearTimeout(timer); dialog.remove(); });
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length); // the caret goes behind the bot's name

  const later = () => { clearTimeout(timer); timer = setTimeout(ask, TYPING_MS); };

  async function ask() {
    const turn = ++asked;
    const prefix = `@${bot} `;
    if (!input.value.startsWith(prefix)) return offers.replaceChildren();
    const { results } = await lookUp(user.id, input.value.slice(prefix.length)).catch(() => ({ results: [] }));
    if (turn !== asked) return undefined;
    return offers.replaceChildren(...(results.length ? results.map(offer) : [element("p", { class: "hint" }, t("elsewhereNothing"))]));
  }

  const offer = (result) => element("button", { type: "button", role: "option", class: "option offer", onclick: () => post(result) },
    element("span", {}, element("b", {}, result.title), element("small", {}, result.description)));

  function post(result) {
    const message = { message_id: log.childElementCount, date: nowMs() / 1000, from: { id: user.id, first_name: user.first_name }, ...result.message };
    log.append(element("p", { class: "hint" }, t("elsewherePosted", bot)), bubble(message, user.id, IDLE));
    log.scrollTop = log.scrollHeight;
    input.value = "";
    offers.replaceChildren();
  }

  ask();
}
