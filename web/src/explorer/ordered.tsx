// The units of a level in order: as a ranking, or as a map.
import { lazy, Suspense } from "preact/compat";
import { useEffect } from "preact/hooks";

import { useAnswer } from "../api";
import { OrderDocument, type OrderQuery } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live } from "../ui/message";
import { position } from "../ui/numbers";
import { word as common } from "../words";
import { isPercentage } from "./measure";
import { Ranking } from "./ranking";
import { replaceArgument, scope, type Choice, type Indicator, type Note } from "./state";

const MapView = lazy(() => import("./map"));

export type Ranked = OrderQuery["ranking"];
export type Row = Ranked["rows"][number];

/** The variables of the question that both views ask. */
export function orderVariables(choice: Choice, indicator: Indicator) {
  return {
    language: language.value, indicator: indicator.code, by: choice.level, within: choice.within ?? null,
    year: choice.year, base: choice.base, orderBy: choice.order, measure: choice.order === "VALUE" ? "PERCENT" as const : choice.order, scope: scope(choice),
  };
}

/** Where a row stands on the scale that it is ordered by. */
export function measureOf(row: Row, choice: Choice, indicator: Indicator): number | undefined {
  switch (choice.order) {
    case "ABSOLUTE": return position(row.change.absolute);
    case "PERCENT": return position(row.change.percent);
    case "POINTS": return position(row.change.points);
    default: return position(isPercentage(indicator) ? row.figure.rate : row.figure.value);
  }
}

export function Ordered({ indicator, choice, note }: { indicator: Indicator; choice: Choice; note: (notes: readonly Note[]) => void }) {
  const { value, fault, pending, retry } = useAnswer(OrderDocument, orderVariables(choice, indicator));
  useEffect(() => {
    if (value) note(value.ranking.notes);
    else if (fault) note([]);
  }, [value, fault]);
  if (fault) return <FaultMessage fault={fault} retry={retry} choose={replaceArgument} />;
  if (!value) return <section class="waiting"><Live text={common().loading} /></section>;
  return (
    <div class={pending ? "stale" : undefined}>
      {choice.view === "ranking" ? <Ranking ranking={value.ranking} indicator={indicator} choice={choice} /> : (
        <Suspense fallback={<section class="waiting" />}><MapView ranking={value.ranking} indicator={indicator} choice={choice} /></Suspense>
      )}
    </div>
  );
}
