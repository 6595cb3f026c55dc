// Formatting marks as in Telegram's apps: **đậm**, __nghiêng__, ~~gạch~~, ||ẩn||, `mã`.

const MARKS = [["**", "b"], ["__", "i"], ["~~", "s"], ["||", "tg-spoiler"], ["`", "code"]];
const KEYS = { b: "**", i: "__" };

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const literal = (mark) => mark.replace(/[*|]/g, "\\$&");

/** The fields for `send`: plain text, or HTML when the text has marks. */
export function outgoing(text) {
  const html = MARKS.reduce((marked, [mark, tag]) => marked.replace(pattern(mark), `$1<${tag}>$2</${tag}>`), escaped(text));
  return html === escaped(text) ? { text } : { text: html, parse_mode: "HTML" };
}

/** Matches a pair of marks around words, not inside a word: URLs may contain `__`. */
const pattern = (mark) => new RegExp(`(^|[\\s(“"])${literal(mark)}(?=\\S)([^\\n]*?\\S)${literal(mark)}(?![\\p{L}\\p{N}])`, "gu");

/** Wraps the selection of `textbox` when `event` is Ctrl+B or Ctrl+I; returns whether it was. */
export function markSelection(event, textbox) {
  const mark = (event.ctrlKey || event.metaKey) && KEYS[event.key.toLowerCase()];
  const { selectionStart: from, selectionEnd: to } = textbox;
  if (!mark || from === to) return false;
  event.preventDefault();
  textbox.setRangeText(mark + textbox.value.slice(from, to) + mark, from, to, "select");
  return true;
}
