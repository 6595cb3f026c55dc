// Dialogs and enlarged pictures, as <dialog> elements, which keep and restore the focus.
import { element, iconButton } from "./element.js";
import { t } from "./words.js";

/** Opens a dialog; resolves to `read(form)` when it is confirmed and to null when it is cancelled. */
export function ask({ title, hint, fields, confirm, read }) {
  const form = element("form", { method: "dialog" },
    element("h2", {}, title), hint && element("p", { class: "hint" }, hint), fields,
    element("div", { class: "choices" },
      element("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, t("cancel")),
      element("button", { type: "submit", class: "primary", value: "yes" }, confirm)));
  const dialog = open(form, title);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes" ? read(form) : null); dialog.remove(); });
  });
}

/** Asks to choose one of `[{label, value, mark}]`; resolves to its value or null. */
export function choose({ title, hint, options }) {
  return new Promise((resolve) => {
    let chosen = null;
    const pick = (value) => () => { chosen = value; dialog.close(); };
    const list = options.map((option) => element("button", { type: "button", class: "option", onclick: pick(option.value) }, option.mark, option.label));
    const dialog = open(element("div", {}, element("h2", {}, title), hint && element("p", { class: "hint" }, hint),
      element("div", { class: "options" }, list),
      element("div", { class: "choices" }, element("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, t("cancel")))), title);
    dialog.addEventListener("close", () => { dialog.remove(); resolve(chosen); });
  });
}

/** An alert of the bot, open until it is dismissed. */
export function tell(title, text) {
  const dialog = open(element("form", { method: "dialog" }, element("h2", {}, title), element("p", {}, text),
    element("div", { class: "choices" }, element("button", { type: "submit", class: "primary" }, t("ok")))), title);
  dialog.setAttribute("role", "alertdialog");
  dialog.addEventListener("close", () => dialog.remove());
}

/** A picture as large as the window allows. */
export function enlarge(address, caption) {
  const dialog = open(element("figure", {}, element("img", { src: address, alt: caption ?? t("picture") }),
    caption && element("figcaption", {}, caption),
    iconButton("close", t("close"), () => dialog.close())), t("picture"), "viewer");
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
}

/** Any content as a dialog; the caller removes it when it is closed. */
export function open(content, label, style = "") {
  const dialog = element("dialog", { class: style, "aria-label": label }, content);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A labelled input, textarea or select for `ask`. */
export function field(label, control) {
  return element("label", { class: "field" }, element("span", {}, label), control);
}
