// What the address asks the explorer for, and what that comes to with the defaults filled in.
import { computed } from "@preact/signals";

import { go, query } from "../address";
import type { AvailabilityQuery, FrameQuery, RankingOrder, ScopeInput } from "../gen/graphql";

/** The ways to look at an indicator. */
export const views = ["chart", "ranking", "map", "table"] as const;
export type View = (typeof views)[number];

/** What units can be ranked and a map shaded by. */
export const orders = ["VALUE", "ABSOLUTE", "PERCENT", "POINTS"] as const satisfies RankingOrder[];
export type Order = (typeof orders)[number];

/** The indicator that a page is about. */
export type Indicator = NonNullable<FrameQuery["indicator"]>;
/** That, and the levels and bases on which it can be asked for. */
export type Frame = Pick<FrameQuery, "bases"> & { levels: readonly Level[]; indicator: Indicator };
export type Level = NonNullable<FrameQuery["levels"]>[number];

/** The year that changes are measured from at first, as everywhere in the API. */
const firstBase = 2019;

/** How many lines a chart has at most: as many as there are colours to tell apart. */
export const maxLines = 8;

/** A member of a dimension: sex:female. */
export interface Member {
  dimension: string;
  member: string;
}

/** What the address keeps of one indicator and must not carry to another. */
export const ofOneIndicator = ["view", "level", "within", "unit", "units", "year", "base", "from", "to", "order", "members", "figure"];

/** What the address says; what it does not say is undefined. */
export interface Wish {
  indicator: string;
  view: View;
  level?: string;
  within?: string;
  unit?: string;
  units?: string[];
  year?: number;
  base?: number;
  /** Whether the base year is the one before the year, whichever that is. */
  previous: boolean;
  from?: number;
  to?: number;
  asOf?: string;
  /** The data version that the view is pinned to; the present one without it. */
  version?: string;
  /** The day on whose units figures are given; each year's own without it. */
  basis?: string;
  /** One member of some dimensions of the indicator; all of the others. */
  members: Member[];
  order: Order;
  figure?: string;
}

/** The wish that the address states. */
export const wish = computed<Wish>(() => {
  const of = (name: string) => query.value.get(name)?.trim() || undefined;
  const year = (name: string) => (/^\d{4}$/.test(of(name) ?? "") ? { [name]: Number(of(name)) } : {});
  const text = (name: string) => (of(name) ? { [name]: of(name) } : {});
  return {
    indicator: of("indicator") ?? "",
    view: views.find((view) => view === of("view")) ?? "chart",
    order: orders.find((order) => order.toLowerCase() === of("order")) ?? "VALUE",
    ...text("level"),
    ...text("within"),
    ...text("unit"),
    ...text("figure"),
    ...(of("units") && { units: of("units")!.split(",").filter(Boolean).slice(0, maxLines) }),
    ...year("year"),
    ...year("base"),
    previous: of("base") === "previous",
    ...year("from"),
    ...year("to"),
    ...(of("asof") && { asOf: of("asof") }),
    ...text("version"),
    ...text("basis"),
    members: (of("members") ?? "").split(",").flatMap((pair) => {
      const [dimension, member] = pair.split(":");
      return dimension && member ? [{ dimension, member }] : [];
    }),
  };
});

/** From which point of view the questions are asked. */
export function scope({ asOf, version, basis, members }: Pick<Wish, "asOf" | "version" | "basis" | "members">): ScopeInput | null {
  const given: ScopeInput = {
    ...((asOf || version) && { asOf: { ...(asOf && { date: asOf }), ...(version && { dataVersion: version }) } }),
    ...(basis && { basis: { date: basis } }),
    ...(members.length > 0 && { breakdown: members.map(({ dimension, member }) => ({ dimension, members: [member] })) }),
  };
  return Object.keys(given).length > 0 ? given : null;
}

/** The day whose units can be chosen. */
export function unitsOn(choice: Choice): string {
  return choice.basis ?? `${choice.year}-12-31`;
}

/** At which levels the indicator has figures. */
export type Available = NonNullable<AvailabilityQuery["availability"]>;

/** Everything that the questions of the page need. */
export interface Choice extends Wish {
  level: string;
  unit: string;
  units: string[];
  year: number;
  base: number;
}

/** The base year: the year before or the one asked, else 2019, else the year with figures before. */
function baseOf(w: Wish, i: Indicator, year: number): number {
  if (w.previous) return year - 1;
  if (w.base !== undefined) return w.base;
  if (i.years.includes(firstBase) && year !== firstBase) return firstBase;
  return i.years.findLast((y) => y < year) ?? i.years.find((y) => y !== year) ?? firstBase;
}

/** Fills in what the address leaves open; undefined while that is not known, null where no unit has a figure. */
export function choose(w: Wish, i: Indicator | undefined, available: Available | undefined): Choice | undefined | null {
  const { level, unit, units, year, base } = w;
  if (level && unit && units && year !== undefined && base !== undefined) return { ...w, level, unit, units, year, base };
  if (!i || !available) return undefined;
  const shown = available.question.year;
  const at = level ? available.levels.find((l) => l.level.code === level) : widest(available, i);
  if (shown === null || (!level && !at)) return null;
  const first = at?.leading.map(({ code }) => code) ?? [];
  const total = at?.total?.reason === null ? at.total.unit.code : undefined;
  const one = unit ?? units?.[0] ?? (first.length === 1 ? first[0] : (total ?? first[0] ?? at?.total?.unit.code ?? w.within));
  if (!one) return null;
  const lines = units ?? (unit ? [unit] : first.length > 0 ? first.slice(0, maxLines) : [one]);
  return { ...w, level: level ?? at!.level.code, unit: one, units: lines, year: year ?? shown, base: baseOf(w, i, year ?? shown) };
}

/**
 * The level to show first: the indicator's own where several of its units have
 * figures, else the level with the most; of equals the lowest, nearest to who reported.
 */
function widest({ levels }: Available, i: Indicator): Available["levels"][number] | undefined {
  const own = levels.find((l) => l.level.code === i.level.code);
  if (own && own.count > 1) return own;
  const most = Math.max(...levels.map((l) => l.count));
  return most > 0 ? levels.findLast((l) => l.count === most) : undefined;
}

/** A warning of the API. */
export interface Note {
  code: string;
  text: string;
}

/** Where the address keeps what the API calls an argument. */
const kept: Record<string, string> = { level: "level", baseYear: "base", indicator: "indicator", unit: "unit", units: "units", within: "within", year: "year", from: "from", to: "to" };

/** Takes one of the nearest names that a refusal offers. */
export function replaceArgument(where: string, name: string): void {
  const at = kept[where];
  if (at) go({ [at]: name });
}
