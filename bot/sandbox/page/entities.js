// Renders Telegram's message entities (UTF-16 offsets, as in JavaScript) as nodes.
import { element } from "./element.js";
import { t } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

/** Renders `text`; `onCommand(command)` is called when a bot command is tapped. */
export function formatted(text, entities = [], onCommand = () => {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween({ text, onCommand }, 0, text.length, ordered);
}

function nodesBetween(source, start, end, entities) {
  const nodes = [];
  let at = start;
  entities.forEach((entity, index) => {
    if (entity.offset < at || entity.offset >= end) return;
    const close = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(source.text.slice(at, entity.offset));
    const inner = nodesBetween(source, entity.offset, close, entities.slice(index + 1));
    nodes.push(wrapped(entity, source.text.slice(entity.offset, close), inner, source.onCommand));
    at = close + (isBlock(entity) && source.text[close] === "\n" ? 1 : 0);
  });
  if (at < end) nodes.push(source.text.slice(at, end));
  return nodes;
}

/** Whether an entity is a block element: it ends its line, so a line break after it is dropped. */
const isBlock = ({ type }) => type === "pre" || type.endsWith("blockquote");

function wrapped(entity, text, inner, onCommand) {
  switch (entity.type) {
    case "text_link": return link(entity.url, inner);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`, inner);
    case "mention": return link(`https://t.me/${text.slice(1)}`, inner);
    case "email": return link(`mailto:${text}`, inner);
    case "spoiler": return spoiler(inner);
    case "blockquote": return element("blockquote", {}, inner);
    case "date_time": return moment(entity.unix_time, inner);
    case "expandable_blockquote": return expandable(inner);
    case "bot_command": return element("button", { type: "button", class: "command", onclick: () => onCommand(text) }, inner);
    default: return element(TAGS[entity.type] ?? "span", {}, inner);
  }
}

/** A link that opens in a new tab; plain text for schemes other than http(s), mailto, tel and sms. */
export function link(address, content, attributes = {}) {
  if (!/^(https?|mailto|tel|sms):/i.test(address)) return element("span", attributes, content);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, content);
}

/** Words for a moment; what Telegram's apps show when they are tapped shows on hovering. */
function moment(unixTime, inner) {
  const when = new Date(unixTime * 1000);
  return element("time", { class: "moment", datetime: when.toISOString(), title: when.toLocaleString() }, inner);
}

function spoiler(inner) {
  const reveal = () => {
    cover.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  };
  const onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); reveal(); } };
  const cover = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler"), onclick: reveal, onkeydown }, inner);
  return cover;
}

function expandable(inner) {
  const toggle = element("button", { type: "button", class: "expand", "aria-expanded": "false", onclick: () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", open);
    toggle.textContent = t(open ? "less" : "moreText");
  } }, t("moreText"));
  const quote = element("blockquote", { class: "expandable" }, element("div", { class: "folded" }, inner), toggle);
  return quote;
}
