// What the address asks the explorer for, and what that comes to with the defaults filled in.
import { computed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

import { go, query } from "../address";
import { recall, Unreachable } from "../api";
import { ProbeDocument, type FrameQuery, type ProbeQuery, type RankingOrder, type ScopeInput } from "../gen/graphql";

/** The ways to look at an indicator. */
export const views = ["chart", "ranking", "map", "table"] as const;
export type View = (typeof views)[number];

/** What units can be ranked and a map shaded by. */
export const orders = ["VALUE", "ABSOLUTE", "PERCENT", "POINTS"] as const satisfies RankingOrder[];
export type Order = (typeof orders)[number];

/** The indicator that a page is about. */
export type Indicator = NonNullable<FrameQuery["indicator"]>;
/** That, and the levels and bases on which it can be asked for. */
export type Frame = Pick<FrameQuery, "levels" | "bases"> & { indicator: Indicator };
export type Level = FrameQuery["levels"][number];

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
  from?: number;
  to?: number;
  asOf?: string;
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
    ...year("from"),
    ...year("to"),
    ...(of("asof") && { asOf: of("asof") }),
    ...text("basis"),
    members: (of("members") ?? "").split(",").flatMap((pair) => {
      const [dimension, member] = pair.split(":");
      return dimension && member ? [{ dimension, member }] : [];
    }),
  };
});

/** From which point of view the questions are asked. */
export function scope({ asOf, basis, members }: Pick<Wish, "asOf" | "basis" | "members">): ScopeInput | null {
  const given: ScopeInput = {
    ...(asOf && { asOf: { date: asOf } }),
    ...(basis && { basis: { date: basis } }),
    ...(members.length > 0 && { breakdown: members.map(({ dimension, member }) => ({ dimension, members: [member] })) }),
  };
  return Object.keys(given).length > 0 ? given : null;
}

/** The day whose units can be chosen. */
export function unitsOn(choice: Choice): string {
  return choice.basis ?? `${choice.year}-12-31`;
}

/** What is known of the units of a level. */
export type Probe = ProbeQuery["ranking"] & { level: string };

/** Everything that the questions of the page need. */
export interface Choice extends Wish {
  level: string;
  unit: string;
  units: string[];
  year: number;
  base: number;
}

/** The year that a page shows: the one asked, else the last that has figures. */
export function yearOf(w: Wish, i: Indicator): number {
  return w.year ?? i.years.at(-1) ?? new Date().getFullYear();
}

/** The base year: the one asked, else 2019, else the year with figures before. */
export function baseOf(w: Wish, i: Indicator): number {
  const year = yearOf(w, i);
  if (w.base !== undefined) return w.base;
  if (i.years.includes(firstBase) && year !== firstBase) return firstBase;
  return i.years.findLast((y) => y < year) ?? i.years.find((y) => y !== year) ?? firstBase;
}

/** Fills in what the address leaves open; undefined while that is not known, null where no unit has a figure. */
export function choose(w: Wish, i: Indicator, probes: Probe[] | undefined): Choice | undefined | null {
  const years = { year: yearOf(w, i), base: baseOf(w, i) };
  if (w.level && w.unit && w.units) return { ...w, ...years, level: w.level, unit: w.unit, units: w.units };
  if (!probes) return undefined;
  const probe = w.level ? probes.find((p) => p.level === w.level) : widest(probes, i);
  const level = w.level ?? probe?.level;
  if (!level) return null;
  const first = probe?.rows.map((row) => row.unit.code) ?? [];
  const total = probe?.total && probe.total.figure.reason === null ? probe.total.unit.code : undefined;
  const unit = w.unit ?? w.units?.[0] ?? (first.length === 1 ? first[0] : (total ?? first[0] ?? probe?.total?.unit.code ?? w.within));
  if (!unit) return null;
  const units = w.units ?? (w.unit ? [w.unit] : first.length > 0 ? first.slice(0, maxLines) : [unit]);
  return { ...w, ...years, level, unit, units };
}

/**
 * The level to show first: the indicator's own where several of its units have
 * figures, else the level with the most; of equals the lowest, nearest to who reported.
 */
function widest(probes: Probe[], i: Indicator): Probe | undefined {
  const own = probes.find((p) => p.level === i.level.code);
  if (own && own.rankedCount > 1) return own;
  const most = Math.max(...probes.map((p) => p.rankedCount));
  return most > 0 ? probes.findLast((p) => p.rankedCount === most) : undefined;
}

/** Asks how many units of each level have a figure; a level that cannot be asked for is left out. */
export function useProbes(i: Indicator, levels: Level[], w: Wish): { probes: Probe[] | undefined; fault: Error | undefined } {
  const [state, set] = useState<{ key: string; probes?: Probe[]; fault?: Error }>({ key: "" });
  const year = yearOf(w, i);
  const key = JSON.stringify([i.code, year, w.within, scope(w)]);
  useEffect(() => {
    let left = false;
    const asked = levels.map(async ({ code }): Promise<Probe | Error> => {
      try {
        const variables = { indicator: i.code, year, by: code, within: w.within ?? null, scope: scope(w) };
        return { ...(await recall(ProbeDocument, variables)).ranking, level: code };
      } catch (fault) {
        return fault as Error;
      }
    });
    void Promise.all(asked).then((answers) => {
      if (left) return;
      const probes = answers.filter((answer): answer is Probe => !(answer instanceof Error));
      const faults = answers.filter((answer) => answer instanceof Error);
      const fault = faults.find((f) => f instanceof Unreachable) ?? (probes.length === 0 ? faults[0] : undefined);
      set({ key, probes, ...(fault && { fault }) });
    });
    return () => {
      left = true;
    };
  }, [key]);
  return state.key === key ? { probes: state.fault ? undefined : state.probes, fault: state.fault } : { probes: undefined, fault: undefined };
}

/** A warning of the API. */
export interface Note {
  code: string;
  text: string;
}

/** Where the address keeps what the API calls an argument. */
const kept: Record<string, string> = { by: "level", baseYear: "base", indicator: "indicator", unit: "unit", units: "units", within: "within", year: "year", from: "from", to: "to" };

/** Takes one of the nearest names that a refusal offers. */
export function replaceArgument(where: string, name: string): void {
  const at = kept[where];
  if (at) go({ [at]: name });
}
