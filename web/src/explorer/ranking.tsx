// The ranking: rank, movement, figure, bar and change of each unit.
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { follow, href } from "../address";
import { whole } from "../ui/numbers";
import { Gap, unread, useWindow } from "../ui/virtual";
import { FigureButton, Letters } from "./figure";
import { measureOf, type Ranked, type Row } from "./order";
import { maxLines, type Choice, type Indicator } from "./state";
import { word } from "./words";

/** The height of a row, the same as in the style sheet; on a phone a row has two lines. */
const rowHeight = () => (matchMedia("(max-width: 640px)").matches ? 76 : 48);

export function Ranking({ ranking, rows, reach, indicator, choice }: {
  ranking: Ranked;
  /** The ranked and after them those without a rank, as far as they are read. */
  rows: readonly Row[];
  reach: (rows: number) => void;
  indicator: Indicator;
  choice: Choice;
}) {
  const box = useRef<HTMLDivElement>(null);
  const count = ranking.universeCount;
  // Ranks by a change have no movement: the API gives it for ranks by value alone.
  const compared = choice.base !== undefined;
  const byChange = choice.order !== "VALUE";
  // The bars stand in the column of what the units are ranked by.
  const barsAre = ` · ${word().barsAre(word().orders[choice.order])}`;
  const moves = compared && !byChange;
  const columns = 3 + Number(moves) + Number(compared);
  const sight = useWindow(box, count, rowHeight());
  useEffect(() => reach(sight.to), [sight.to, rows]);
  // The first and the last of the ranked are the ends of what they are ordered by.
  const ends = [ranking.rows[0], ranking.last].map((row) => (row && measureOf(row, choice, indicator)) ?? 0);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const statuses = useMemo(() => [...rows, ...(ranking.total ? [ranking.total] : [])].map(({ current }) => current.status), [rows]);
  // Where most of the rows are chosen, to mark them says nothing.
  const marked = choice.units.length * 2 < count ? choice.units : [choice.unit];
  const own = rows.findIndex((row) => row.unit.code === choice.unit);
  const rank = rows[own]?.rank;
  const show = () => box.current?.scrollTo({ top: own * rowHeight() - box.current.clientHeight / 2 });
  return (
    <>
      <p class="faint number">
        {word().ranked(ranking.rankedCount, count)}<span class="narrow"> · {word().barsAre(word().orders[choice.order])}</span>
        {rank && <> · <button type="button" class="link" onClick={show}>{word().rankOf(rows[own]!.unit.name, rank)}</button></>}
      </p>
      <div class="ranking scroll" ref={box} tabIndex={0} role="region" aria-label={indicator.name} aria-busy={sight.to > rows.length}>
        <table class={byChange ? "by-change" : compared ? undefined : "alone"} aria-rowcount={count + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" class="rank">{word().rank}</th>
              {moves && <th scope="col" class="movement">{word().movement}</th>}
              <th scope="col">{word().unit}</th>
              <th scope="col" class="value">{word().figure}{!byChange && barsAre}</th>
              {compared && <th scope="col" class="changed">{word().changed}{byChange && barsAre}</th>}
            </tr>
          </thead>
          <tbody>
            <Gap height={sight.before} columns={columns} />
            {rows.slice(sight.from, sight.to).map((row, i) => (
              <Line key={row.unit.code} row={row} index={sight.from + i + 2} choice={choice} chosen={marked.includes(row.unit.code)} measure={row.rank ? measureOf(row, choice, indicator) : undefined} low={low} high={high} />
            ))}
            <Gap height={sight.after + unread(sight, rows.length) * rowHeight()} columns={columns} />
          </tbody>
          {ranking.total && (
            <tfoot>
              <tr>
                <td class="rank" />{moves && <td class="movement" />}
                <th scope="row">{ranking.total.unit.name}</th>
                <td class="value"><FigureButton id={ranking.total.current.id} text={ranking.total.current.text} status={ranking.total.current.status} brief /></td>
                {compared && <td class="changed">{ranking.total.change.text}</td>}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <Letters statuses={statuses} />
      {sight.to - sight.from < count && <p class="on-paper">{word().rowsOf(sight.to - sight.from, count)}</p>}
    </>
  );
}

/** A row stays as it was drawn while one scrolls. */
const Line = memo(({ row, index, choice, chosen, measure, low, high }: { row: Row; index: number; choice: Choice; chosen: boolean; measure: number | undefined; low: number; high: number }) => {
  const ranked = row.rank !== null && row.rank !== undefined;
  const byChange = choice.order !== "VALUE";
  const bar = ranked && <Bar value={measure ?? 0} low={low} high={high} />;
  return (
    <tr aria-rowindex={index} class={[!ranked && "unranked", chosen && "chosen"].filter(Boolean).join(" ")}>
      <td class="rank number">{row.rank ? whole(row.rank) : "–"}</td>
      {choice.base !== undefined && !byChange && <td class="movement number"><Movement places={row.movement} /></td>}
      <th scope="row"><a href={href({ view: undefined, unit: row.unit.code, units: withUnit(choice.units, row.unit.code) })} onClick={follow}>{row.unit.name}</a></th>
      <td class="value">
        <FigureButton id={row.current.id} text={row.current.text} status={row.current.status} brief />
        {!byChange && bar}
      </td>
      {choice.base !== undefined && (
        <td class="changed">
          {ranked && byChange && <span class="short number">{row.change.short}</span>}
          <span class="long">{row.change.text}</span>
          {byChange && bar}
        </td>
      )}
    </tr>
  );
});

/** The lines of the chart with one more, which takes the place of the last where there are too many. */
function withUnit(units: string[], code: string): string {
  return units.includes(code) ? units.join() : [code, ...units].slice(0, maxLines).join();
}

function Movement({ places }: { places: number | null | undefined }) {
  if (places === null || places === undefined) return null;
  if (places === 0) return <span class="even" title={word().stayed}><span aria-hidden="true">=</span><span class="hidden">{word().stayed}</span></span>;
  const told = places > 0 ? word().rose(places) : word().fell(-places);
  return <span class={places > 0 ? "up" : "down"} title={told}><span aria-hidden="true">{places > 0 ? "▲" : "▼"} {whole(Math.abs(places))}</span><span class="hidden">{told}</span></span>;
}

/** A bar from zero, to the left where the measure is negative. */
function Bar({ value, low, high }: { value: number; low: number; high: number }) {
  const range = high - low || 1;
  const [from, to] = [Math.min(0, value), Math.max(0, value)];
  return (
    <span class="bar" aria-hidden="true">
      <span class={value < 0 ? "less" : undefined} style={{ left: `${((from - low) / range) * 100}%`, width: `${((to - from) / range) * 100}%` }} />
    </span>
  );
}
