// Targets: a light for each, told by its shape and its word as well as by its colour. A
// target that was not due yet is neither met nor missed.
import { explorer, type Of } from "./state";
import { word } from "./words";

type Row = Of<"targets">["rows"][number];

/** The sign of each result. */
const signs = { MET: "✓", MISSED: "✕", ON_TRACK: "▲", OFF_TRACK: "▼", NOT_DUE: "○", UNKNOWN: "?" };

function sign({ result }: Row): { sign: string; word: string; look: string } {
  return { sign: signs[result], word: word().results[result], look: result === "NOT_DUE" ? "ahead" : result.toLowerCase() };
}

export function Lights({ of: { rows } }: { of: Of<"targets"> }) {
  if (rows.length === 0) return <p class="faint">{word().noTargets}</p>;
  const alone = new Set(rows.map(({ unit }) => unit.code)).size === 1;
  return (
    <ul class="lights">
      {rows.map((row, i) => {
        const told = sign(row);
        return (
          <li key={i} class={told.look}>
            <span class="light" aria-hidden="true">{told.sign}</span>
            <div>
              <p class="verdict"><strong>{told.word}</strong>{row.ahead && row.target.from ? <span class="faint number"> · {word().aheadFrom(row.target.from)}</span> : null}</p>
              <p><a href={explorer({ indicator: row.target.indicator.code, level: row.unit.level.code, unit: row.unit.code, units: row.unit.code, year: row.year })}>{row.target.statement}</a></p>
              <p class="faint number">{!alone && `${row.unit.name}: `}{row.text}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
