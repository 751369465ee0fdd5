// Numbers that the API gives as they were reported, and what a chart needs of them.
// Nothing here rounds a figure or computes one.
import { language, locale } from "../language";

/** An exact decimal with the marks of the language, digit by digit: 1909.506 is 1.909,506 in Vietnamese. */
export function asReported(decimal: string): string {
  const [group, point] = language.value === "EN" ? [",", "."] : [".", ","];
  const [whole = "", fraction] = decimal.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return (decimal.startsWith("-") ? "−" : "") + grouped + (fraction ? point + fraction : "");
}

/** How many there are: 9.975 in Vietnamese. */
export const whole = (n: number) => asReported(String(n));

/** Where a decimal stands on an axis. */
export function position(decimal: string | null | undefined): number | undefined {
  return decimal === null || decimal === undefined ? undefined : Number(decimal);
}

/** The tick of an axis or the edge of a class. */
export function tick(value: number): string {
  return new Intl.NumberFormat(locale.value, { maximumSignificantDigits: 4, notation: Math.abs(value) >= 1e6 ? "compact" : "standard" }).format(value);
}

/** English dates are written as in the briefings and the texts of the API: 31 July 2025. */
const dates = "en-GB";

/** A moment (19:41 ngày 28/11/2026 in Vietnamese) in the order of the language, by the clock of a time zone: the same for all who look. */
export function moment(time: string, timeZone: string): string {
  if (language.value === "EN") return new Intl.DateTimeFormat(dates, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(time));
  const parts = new Intl.DateTimeFormat("vi-VN", { year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).formatToParts(new Date(time));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("hour").padStart(2, "0")}:${part("minute").padStart(2, "0")} ngày ${Number(part("day"))}/${Number(part("month"))}/${part("year")}`;
}

/** A day in the order of the language: 31/7/2025 in Vietnamese, whatever the length. */
export function day(date: string, length: "long" | "medium" = "long"): string {
  const [year, month, number] = date.split("-").map(Number);
  if (language.value === "VI") return `${number}/${month}/${year}`;
  return new Intl.DateTimeFormat(dates, { dateStyle: length, timeZone: "UTC" }).format(Date.UTC(year!, month! - 1, number));
}
