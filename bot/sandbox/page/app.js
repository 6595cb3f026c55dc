// The page: a top bar, the phones, and the sandbox's events.
import { listUsers } from "./api.js";
import { Board } from "./board.js";
import { Clock } from "./clock.js";
import { element } from "./element.js";
import { listen } from "./events.js";
import { Toasts } from "./toast.js";
import { TopBar } from "./topbar.js";
import { language, t } from "./words.js";

document.documentElement.lang = language();
document.title = t("title");

const toasts = new Toasts();
const clock = new Clock({ toasts, onMinute: () => board.showTime() });
const board = new Board({ toasts, nowMs: () => clock.nowMs(), onCount: (count) => topBar.count(count) });
const topBar = new TopBar({ clock, board });

document.body.append(element("a", { class: "skip", href: "#phones" }, t("skip")), topBar.node, board.tabs, board.row, toasts.node);

listen({
  onOpen: () => toasts.attempt(async () => {
    await Promise.all([clock.read(), listUsers().then((users) => board.refresh(users))]);
    topBar.connection("connected");
  }),
  onEvent: (event) => (event.type === "clock" ? clock.follow(event) : board.hear(event)),
  onLost: () => topBar.connection("lost"),
});
