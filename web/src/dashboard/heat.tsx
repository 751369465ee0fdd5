// Units by criteria. Each cell has its number or sign, and says the same in words; the
// shade only helps the eye. Criteria and units of which nothing is known take a line
// together, not a row of question marks each.
import { explorer, type Of } from "./state";
import { word } from "./words";

type Row = Of<"scorecard">["rows"][number];
type Cell = Row["criteria"][number];

/** Whether a cell has more to tell than that nothing is known. Criteria are never confidential. */
const tells = ({ state, met, notMet, current: figure }: Cell) => (state ? state !== "UNKNOWN" : met + notMet > 0 || (!!figure && !figure.reason));

const states = { MET: "✓", NOT_MET: "✕", UNKNOWN: "?" };

export function Heat({ of: { question, rows, total } }: { of: Of<"scorecard"> }) {
  const { set } = question;
  const criteria = set.criteria.flatMap((criterion) => [criterion, ...criterion.parts]);
  const all = total ? [...rows, total] : rows;
  const known = criteria.map((_, i) => all.some((row) => row.criteria[i] && tells(row.criteria[i])));
  const shown = rows.filter((row) => row.criteria.some(tells));
  const silent = { criteria: criteria.filter((_, i) => !known[i]), units: rows.filter((row) => !shown.includes(row)) };
  // Where nothing is known of any unit there is nothing to lay out: it is said in a line, with what is told of the whole.
  if (shown.length === 0) {
    const told = total?.criteria.filter(tells).map((cell) => word().criterionOf(total.unit.name, cell.criterion.code, wordsOf(cell))) ?? [];
    return <p>{[word().noCriteria(set.name, set.criteria.length, set.level.name), ...told].join(" ")}</p>;
  }
  const link = (indicator: string | undefined, code: string) => (indicator ? <a href={explorer({ indicator, year: question.year })}>{code}</a> : code);
  return (
    <>
      <p class="faint">{set.name}</p>
      <div class="heat scroll" tabIndex={0} role="region" aria-label={set.name}>
        <table class={known.filter(Boolean).length > 6 ? "wide" : undefined}>
          <thead>
            <tr>
              <th scope="col">{word().unit}</th>
              {criteria.map(({ code, name, indicator }, i) => known[i] && <th scope="col" key={code} class="number" title={name} abbr={name}>{link(indicator?.code, code)}</th>)}
            </tr>
          </thead>
          <tbody>{shown.map((row) => <Line key={row.unit.code} row={row} known={known} />)}</tbody>
          {total && <tfoot><Line row={total} known={known} /></tfoot>}
        </table>
      </div>
      <p class="faint key">{shown.some((row) => !row.criteria[0]?.state) && `${word().heatKey(set.level.name)} `}{word().heatMarks}</p>
      {silent.units.length > 0 && <p class="faint">{word().silentUnits(silent.units.map(({ unit }) => unit.name).join(", "))}</p>}
      {silent.criteria.length > 0 && <p class="faint number">{word().silentCriteria(silent.criteria.map(({ code }) => code).join(", "))}</p>}
      {total && <p class="number">{total.unit.name}: {total.text}</p>}
      <details class="criteria screen">
        <summary>{word().criteriaList}</summary>
        <dl>{criteria.map(({ code, name }) => <div key={code}><dt class="number">{code}</dt><dd>{name}</dd></div>)}</dl>
      </details>
    </>
  );
}

function Line({ row, known }: { row: Row; known: readonly boolean[] }) {
  return (
    <tr>
      <th scope="row" title={row.text}>{row.unit.name}</th>
      {row.criteria.map((cell, i) => known[i] && <Square key={cell.criterion.code} cell={cell} />)}
    </tr>
  );
}

/** What a cell above the scored units says: the figure that was reported, else how many meet the criterion. */
function wordsOf({ met, notMet, unknown, current: figure }: Cell): string {
  return figure && !figure.reason ? figure.text : word().cell(met, notMet, unknown);
}

/** A unit's own state; above the scored units the number that meet it, or what was reported of the whole. */
function Square({ cell: { state, met, notMet, unknown, current: figure } }: { cell: Cell }) {
  if (state) return <td class={`state-${state.toLowerCase()}`}><span aria-hidden="true">{states[state]}</span><span class="hidden">{state === "MET" ? word().met : state === "NOT_MET" ? word().notMet : word().unknown}</span></td>;
  const told = word().cell(met, notMet, unknown);
  if (figure && !figure.reason) return <td class="number reported" title={`${figure.text}; ${told}`}>{figure.short}<span class="hidden"> {figure.text}; {told}</span></td>;
  const all = met + notMet + unknown;
  const known = met + notMet > 0;
  return (
    <td class={`number ${known ? `class-${Math.min(5, 1 + Math.floor((met / all) * 5))}` : "state-unknown"}`} title={told}>
      <span aria-hidden="true">{known ? met : "?"}{known && unknown > 0 && <sup>?</sup>}</span><span class="hidden">{told}</span>
    </td>
  );
}
