// The order of the units of a level: what is asked for it, and where a row stands in it.
import type { OrderQuery, OrderRowFragment } from "../gen/graphql";
import { language } from "../language";
import { position } from "../ui/numbers";
import { hasRate } from "./measure";
import { scope, type Choice, type Indicator } from "./state";

export type Ranked = NonNullable<OrderQuery["ranking"]>;
export type Row = OrderRowFragment;

/** The variables of the question that both views ask. */
export function orderVariables(choice: Choice, indicator: Indicator) {
  return {
    language: language.value, indicator: indicator.code, level: choice.level, within: choice.within ?? null,
    year: choice.year, base: choice.base ?? choice.year, orderBy: choice.order, measure: choice.order === "VALUE" ? "PERCENT" as const : choice.order, scope: scope(choice),
  };
}

/** Where a row stands on the scale that it is ordered by. */
export function measureOf(row: Row, choice: Choice, indicator: Indicator): number | undefined {
  switch (choice.order) {
    case "ABSOLUTE": return position(row.change.absolute);
    case "PERCENT": return position(row.change.percent);
    case "POINTS": return position(row.change.points);
    default: return position(hasRate(indicator) ? row.current.rate : row.current.value);
  }
}
