// Units in order: rank, movement, figure, bar and, where there is one, change.
import { position } from "../ui/numbers";
import type { Of } from "./state";
import { word } from "./words";

type Row = Of<"ranking">["rows"][number];

export function Ranked({ of: { question, rows, unranked, rankedCount, universeCount, othersCount, total } }: { of: Of<"ranking"> }) {
  const order = question.orderBy ?? "VALUE";
  const byChange = order !== "VALUE" && order !== "GAP";
  const rated = question.indicator?.per != null;
  const measure = ({ current: figure, change }: Row) => position(
    question.orderBy === "ABSOLUTE" ? change.absolute : question.orderBy === "PERCENT" ? change.percent : question.orderBy === "POINTS" ? change.points : rated ? figure.rate : figure.value,
  ) ?? 0;
  const most = Math.max(...rows.map((row) => Math.abs(measure(row)))) || 1;
  return (
    <>
      <table class="ranked">
        <caption class="faint number">{word().ranked(rankedCount, universeCount)}{order !== "GAP" && ` · ${word().barsAre(word().orders[order])}`}</caption>
        <thead class="hidden">
          <tr><th scope="col">{word().rank}</th><th scope="col">{word().unit}</th><th scope="col">{byChange ? word().changed : word().figure}</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit.code}>
              <td class="rank number">{row.rank}</td>
              <th scope="row"><span class="name">{row.unit.name}</span> <Movement places={row.movement} /></th>
              <td class="value number">
                <span class="bar" aria-hidden="true"><span class={measure(row) < 0 ? "less" : undefined} style={{ width: `${(Math.abs(measure(row)) / most) * 100}%` }} /></span>
                {/* What the bar shows stands first: a bar of growth is no bar of people. */}
                {byChange ? row.change.text : row.current.text}
                {byChange ? <span class="moved"> {row.current.text}</span> : /[1-9]/.test(row.change.absolute ?? "") && <span class="moved"> {row.change.text}</span>}
              </td>
            </tr>
          ))}
          {unranked.map(({ unit, current: figure }) => (
            <tr key={unit.code} class="unranked"><td class="rank">–</td><th scope="row"><span class="name">{unit.name}</span></th><td class="value">{figure.text}</td></tr>
          ))}
        </tbody>
        {total && <tfoot><tr><td /><th scope="row"><span class="name">{total.unit.name}</span></th><td class="value number">{total.current.text}</td></tr></tfoot>}
      </table>
      {othersCount > 0 && <p class="faint number">{word().others(othersCount)}</p>}
    </>
  );
}

function Movement({ places }: { places: number | null | undefined }) {
  if (!places) return null;
  const told = places > 0 ? word().rose(places) : word().fell(-places);
  return <span class="movement number" title={told}><span aria-hidden="true">{places > 0 ? "▲" : "▼"}{Math.abs(places)}</span><span class="hidden">{told}</span></span>;
}
