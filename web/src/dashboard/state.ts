// What the address of a screen asks for, and the addresses that its tiles lead to.
import { query } from "../address";
import { language } from "../language";
import type { ScreenQuery } from "../gen/graphql";

export type Board = NonNullable<ScreenQuery["dashboard"]>;
export type Tile = Board["tiles"][number];
export type Of<K extends keyof Tile> = NonNullable<Tile[K]>;

const number = (name: string) => {
  const text = query.value.get(name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
};

/** The base year that the address asks for: a year, or the one before the year shown. */
export const base = () => (query.value.get("base") === "previous" ? "PREVIOUS" as const : number("base"));

/** The variables of the screen's one question. */
export function asked(code: string) {
  return {
    language: language.value, code, year: number("year"), base: base(), unit: query.value.get("unit") || null,
    scope: asOf(),
  };
}

/** The day of publication and the data version that the address asks for. */
function asOf() {
  const [date, dataVersion] = [query.value.get("asof"), query.value.get("version")];
  return date || dataVersion ? { asOf: { ...(date && { date }), ...(dataVersion && { dataVersion }) } } : null;
}

/** The size of the text: 0 small, 1 as it is, 2 large. */
export function size(): number {
  return Math.min(number("size") ?? 1, 2);
}

/** The address of the explorer at a state; names without a value are left out. */
export function explorer(state: Record<string, string | number | null | undefined>): string {
  const to = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== null && value !== undefined && value !== "") to.set(name, String(value));
  for (const name of ["asof", "version"]) {
    const point = query.value.get(name);
    if (point) to.set(name, point);
  }
  if (language.value === "EN") to.set("lang", "en");
  return `../?${to.toString().replace(/%2C/g, ",")}`;
}
