// What the address asks the explorer for, and what that comes to with the defaults filled in.
import { computed } from "@preact/signals";

import { go, query } from "../address";
import type { AvailabilityQuery, FirstLookQuery, FrameQuery, PublicationFragment, RankingOrder, ScopeInput } from "../gen/graphql";

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
  view?: View;
  level?: string;
  within?: string;
  unit?: string;
  units?: string[];
  year?: number;
  base?: number;
  /** Whether the base year is the one before the year, whichever that is. */
  previous: boolean;
  /** Whether there is to be no base year: the figure stands alone. */
  alone: boolean;
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
    ...(views.some((view) => view === of("view")) && { view: of("view") as View }),
    order: orders.find((order) => order.toLowerCase() === of("order")) ?? "VALUE",
    ...text("level"),
    ...text("within"),
    ...text("unit"),
    ...text("figure"),
    ...(of("units") && { units: of("units")!.split(",").filter(Boolean).slice(0, maxLines) }),
    ...year("year"),
    ...year("base"),
    previous: of("base") === "previous",
    alone: of("base") === "none",
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

/** What the API would show first, for all that the address does not say. */
export type FirstLook = NonNullable<FirstLookQuery["firstLook"]>;

/** Everything that the questions of the page need. */
export interface Choice extends Wish {
  view: View;
  level: string;
  unit: string;
  units: string[];
  year: number;
}

/** Fills in what the address leaves open; undefined while that is not known, null where no unit has a figure. */
export function choose(w: Wish, look: FirstLook | undefined): Choice | undefined | null {
  const { level, unit, units, year, base, previous, alone } = w;
  if (level && unit && units && year !== undefined && (base !== undefined || previous || alone)) {
    return ordered({ ...w, view: w.view ?? "chart", level, unit, units, year, ...(previous && { base: year - 1 }) });
  }
  if (!look) return undefined;
  const q = look.question;
  const one = unit ?? units?.[0] ?? q.unit?.code;
  const at = level ?? q.level?.code;
  const shown = year ?? q.year;
  if (!one || !at || !shown) return null;
  const from = previous ? shown - 1 : alone ? undefined : (base ?? q.baseYear ?? undefined);
  return ordered({
    ...w, view: w.view ?? (look.view === "RANKING" ? "ranking" : "chart"), level: at, unit: one,
    units: units ?? (unit ? [unit] : q.units.map(({ code }) => code)), year: shown,
    ...(from === undefined ? { alone: true } : { base: from }),
  });
}

/** Without a base year there is no change to order by. */
const ordered = (choice: Choice): Choice => (choice.base === undefined ? { ...choice, order: "VALUE" } : choice);

/** What the address keeps of a choice that it did not name whole. */
export const addressOf = ({ view, level, unit, units, year, base, previous }: Choice) => ({
  ...(view !== "chart" && { view }), level, unit, units: units.join(), year, base: previous ? "previous" : (base ?? "none"),
});

/** A warning of the API. */
export interface Note {
  code: string;
  text: string;
}

/** What a view says of its answer: its warnings, and the latest of the publications that it draws. */
export interface Said {
  notes: readonly Note[];
  release?: PublicationFragment | null;
}

/** Where the address keeps what the API calls an argument. */
const kept: Record<string, string> = { level: "level", baseYear: "base", indicator: "indicator", unit: "unit", units: "units", within: "within", year: "year", from: "from", to: "to" };

/** Takes one of the nearest names that a refusal offers. */
export function replaceArgument(where: string, name: string): void {
  const at = kept[where];
  if (at) go({ [at]: name });
}
