// Files to be sent: chosen, dropped or pasted; each can be removed.
import { isPicture } from "./api.js";
import { element, icon, iconButton } from "./element.js";
import { t } from "./words.js";

const THUMB_PX = 56;

export class Attachments {
  #files = [];
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    this.asDocuments = element("input", { type: "checkbox" });
    this.list = element("ul", {});
    this.option = element("label", { class: "as-documents" }, this.asDocuments, t("asDocuments"));
    this.node = element("div", { class: "attachments", role: "group", "aria-label": t("attachments"), hidden: true }, this.list, this.option);
    this.input = element("input", { type: "file", multiple: true, hidden: true, onchange: () => { this.add(this.input.files); this.input.value = ""; } });
  }

  get files() { return this.#files; }
  get empty() { return this.#files.length === 0; }

  add(files) { this.#set([...this.#files, ...files]); }
  clear() { this.#set([]); this.asDocuments.checked = false; }

  /** Adds files that are dropped on `area` or pasted into it. */
  acceptIn(area) {
    area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    area.addEventListener("drop", (event) => { event.preventDefault(); this.add(event.dataTransfer.files); });
    area.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.add(event.clipboardData.files);
    });
  }

  #set(files) {
    this.#files = files;
    this.list.replaceChildren(...files.map((file) => this.#item(file)));
    this.option.hidden = !files.some(isPicture);
    this.node.hidden = this.empty;
    this.#onChange();
  }

  #item(file) {
    const drop = iconButton("close", t("dropAttachment", file.name), () => this.#set(this.#files.filter((other) => other !== file)));
    return element("li", {}, isPicture(file) ? thumbnail(file) : icon("file"), element("span", {}, file.name), drop);
  }
}

/** A preview, drawn on a canvas so that the content policy need not allow more sources. */
function thumbnail(file) {
  const canvas = element("canvas", { width: THUMB_PX, height: THUMB_PX, "aria-hidden": "true" });
  createImageBitmap(file).then((picture) => {
    const side = Math.min(picture.width, picture.height);
    canvas.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, THUMB_PX, THUMB_PX);
  }, () => canvas.replaceWith(icon("file")));
  return canvas;
}
