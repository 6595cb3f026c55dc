// Every node of the page is built here, so that a text can never become markup.

/** Builds an HTML element; strings become text nodes, `onclick` and friends become listeners. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function assign(node, name, value) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of `icons.svg` in the colour of the text, hidden from screen readers. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  drawing.append(use);
  return drawing;
}

/** A button with an icon alone; `label` is its accessible name. */
export function iconButton(name, label, onclick, attributes = {}) {
  return element("button", { type: "button", class: "icon-button", title: label, "aria-label": label, onclick, ...attributes }, icon(name));
}

/** One of six colours, derived from the id: a number, or a string on Zalo. */
const tint = (id) => [...String(id)].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 6;

/** An avatar with the initial of the last word, which is the given name in Vietnamese. */
export function avatar(user) {
  const initial = [...(user.first_name.trim().split(/\s+/).at(-1) || "?")][0];
  return element("span", { class: `avatar tint-${tint(user.id)}`, "aria-hidden": "true" }, initial.toUpperCase());
}
