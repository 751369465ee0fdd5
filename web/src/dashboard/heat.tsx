// Units by criteria. Each cell has its number or sign, and says the same in words; the
// shade only helps the eye.
import { explorer, type Of } from "./state";
import { word } from "./words";

type Row = Of<"scorecard">["rows"][number];
type Cell = Row["criteria"][number];

const states = { MET: "✓", NOT_MET: "✕", UNKNOWN: "?" };

export function Heat({ of: { question, rows, total } }: { of: Of<"scorecard"> }) {
  const { set } = question;
  const criteria = set.criteria.flatMap((criterion) => [criterion, ...criterion.parts]);
  const link = (indicator: string | undefined, code: string) => (indicator ? <a href={explorer({ indicator, year: question.year })}>{code}</a> : code);
  return (
    <>
      <p class="faint">{set.name}</p>
      <div class="heat scroll" tabIndex={0} role="region" aria-label={set.name}>
        <table>
          <thead>
            <tr>
              <th scope="col">{word().unit}</th>
              {criteria.map(({ code, name, indicator }) => <th scope="col" key={code} class="number" title={name} abbr={name}>{link(indicator?.code, code)}</th>)}
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Line key={row.unit.code} row={row} />)}</tbody>
          {total && <tfoot><Line row={total} /></tfoot>}
        </table>
      </div>
      <p class="faint key">{rows[0]?.criteria[0]?.state ? "" : `${word().heatKey(set.level.name)} `}{word().heatMarks}</p>
      {total && <p class="number">{total.unit.name}: {total.text}</p>}
      <details class="criteria screen">
        <summary>{word().criteriaList}</summary>
        <dl>{criteria.map(({ code, name }) => <div key={code}><dt class="number">{code}</dt><dd>{name}</dd></div>)}</dl>
      </details>
    </>
  );
}

function Line({ row }: { row: Row }) {
  return (
    <tr>
      <th scope="row" title={row.text}>{row.unit.name}</th>
      {row.criteria.map((cell) => <Square key={cell.criterion.code} cell={cell} />)}
    </tr>
  );
}

/** A unit's own state; above the scored units the number that meet it, or what was reported of the whole. */
function Square({ cell: { state, met, notMet, unknown, figure } }: { cell: Cell }) {
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
