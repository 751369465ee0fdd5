// The units of a level in order: as a ranking, or as a map.
import { lazy, Suspense } from "preact/compat";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { recall } from "../api";
import { OrderDocument } from "../gen/graphql";
import { FaultMessage, Live } from "../ui/message";
import { usePages } from "../ui/pages";
import { simple } from "../ui/virtual";
import { word as common } from "../words";
import { orderVariables, type Ranked, type Row } from "./order";
import { Ranking } from "./ranking";
import { replaceArgument, type Choice, type Indicator, type Said } from "./state";

const MapView = lazy(() => import("./map"));

/** How many rows of a ranking are read at once: of most levels all, of the others what the API gives at most. */
const pageRows = (after: string | null) => (after === null ? simple : 1000);

export function Ordered({ indicator, choice, note }: { indicator: Indicator; choice: Choice; note: (said: Said) => void }) {
  const variables = orderVariables(choice, indicator);
  const { answer, rows, fault, pending, reach, retry } = usePages(JSON.stringify(variables), async (after) => {
    const { ranking } = await recall(OrderDocument, { ...variables, first: pageRows(after), after });
    return {
      answer: ranking, rows: [...ranking.rows, ...ranking.unranked], version: ranking.dataVersion,
      next: ranking.pageInfo.hasNextPage ? (ranking.pageInfo.endCursor ?? null) : null,
    };
  });
  useEffect(() => {
    if (answer) note(answer);
    else if (fault) note({ notes: [] });
  }, [answer, fault]);
  if (fault) return <FaultMessage fault={fault} retry={retry} choose={replaceArgument} />;
  if (!answer) return <section class="waiting"><Live text={common().loading} /></section>;
  return (
    <div class={pending ? "stale" : undefined}>
      {choice.view === "ranking" ? <Ranking ranking={answer} rows={rows} reach={reach} indicator={indicator} choice={choice} /> : (
        <Suspense fallback={<section class="waiting" />}><Whole ranking={answer} rows={rows} pending={pending} reach={reach} indicator={indicator} choice={choice} /></Suspense>
      )}
    </div>
  );
}

/** The map is drawn when all of its units are there; until then the one before stays, with its own choice. */
function Whole({ ranking, rows, pending, reach, indicator, choice }: {
  ranking: Ranked;
  rows: readonly Row[];
  pending: boolean;
  reach: (rows: number) => void;
  indicator: Indicator;
  choice: Choice;
}) {
  const kept = useRef<{ of: Ranked; all: Ranked; choice: Choice }>(undefined);
  const all = useMemo(() => ({ ...ranking, rows: rows.slice(0, ranking.rankedCount), unranked: rows.slice(ranking.rankedCount) }), [ranking, rows]);
  useEffect(() => reach(ranking.universeCount), [all, pending]);
  if (!pending && rows.length >= ranking.universeCount) kept.current = { of: ranking, all, choice };
  const whole = kept.current;
  if (!whole) return <section class="waiting"><Live text={common().loading} /></section>;
  return <div class={whole.of === ranking ? undefined : "stale"}><MapView ranking={whole.all} indicator={indicator} choice={whole.choice} /></div>;
}
