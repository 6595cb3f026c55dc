// Times in the club's time zone, whatever the browser's is.
import { language, t } from "./words.js";

const ZONE = "Asia/Ho_Chi_Minh";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE_OFFSET_MS = 7 * HOUR_MS; // Viet Nam keeps UTC+7 all year
const LOCALE = { vi: "vi-VN", en: "en-GB" };

const format = (options) => new Intl.DateTimeFormat(LOCALE[language()], { timeZone: ZONE, ...options });
const clockFormat = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const minuteFormat = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayFormat = format({ weekday: "long", day: "numeric", month: "long" });
const shortDayFormat = format({ weekday: "short", day: "2-digit", month: "2-digit", year: "numeric" });

const dayAndMonthFormat = format({ day: "2-digit", month: "2-digit" });
const agoFormat = new Intl.RelativeTimeFormat(LOCALE[language()]);

const dayNumber = (ms) => Math.floor((ms + ZONE_OFFSET_MS) / DAY_MS);

export const timeOfDay = (ms) => minuteFormat.format(ms);
export const timeWithSeconds = (ms) => clockFormat.format(ms);
export const shortDay = (ms) => shortDayFormat.format(ms);

/** A key that is equal for times on the same day in the club's zone. */
export const dayKey = (ms) => String(dayNumber(ms));

/** “Hôm nay”, “Hôm qua”, or the full date, relative to `nowMs`. */
export function dayName(ms, nowMs) {
  const ago = dayNumber(nowMs) - dayNumber(ms);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return dayFormat.format(ms);
}

/** “3 ngày trước”, in whole days, hours or minutes; “vừa xong” within a minute. */
export function ago(ms, nowMs) {
  const elapsed = Math.max(0, nowMs - ms);
  const [unit, size] = [["day", DAY_MS], ["hour", HOUR_MS], ["minute", MINUTE_MS]].find(([, length]) => elapsed >= length) ?? [];
  return unit ? agoFormat.format(-Math.floor(elapsed / size), unit) : t("justNow");
}

/** “17:00, 02/12”. */
export const shortMoment = (ms) => `${minuteFormat.format(ms)}, ${dayAndMonthFormat.format(ms)}`;

/** Tomorrow at `hour` o'clock in the club's zone, in milliseconds. */
export const tomorrowAt = (nowMs, hour) => (dayNumber(nowMs) + 1) * DAY_MS - ZONE_OFFSET_MS + hour * HOUR_MS;

/** For `<input type=datetime-local>`, which has no zone: the club's local time. */
export const toWallClock = (ms) => new Date(ms + ZONE_OFFSET_MS).toISOString().slice(0, 16);
export const fromWallClock = (text) => Date.parse(`${text}Z`) - ZONE_OFFSET_MS;
