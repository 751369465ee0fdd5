// One tile: its title, its answer by kind, what to know of it and where it leads; or
// why its question was refused, in its place.
import type { ComponentChildren } from "preact";

import { asReported } from "../ui/numbers";
import { go } from "../address";
import { word as common } from "../words";
import { Churn } from "./churn";
import { Columns } from "./columns";
import { Heat } from "./heat";
import { Ranked } from "./ranked";
import { explorer, type Of, type Tile } from "./state";
import { Lights } from "./lights";
import { Overview } from "./overview";
import { word } from "./words";

/** The warnings of whatever answer a tile has. */
export function notesOf(tile: Tile): readonly { text: string }[] {
  const answer = tile.comparison ?? tile.series ?? tile.ranking ?? tile.targets ?? tile.scorecard ?? tile.table;
  // That a target stands only later is said beside each.
  const told = tile.targets?.rows.every(({ ahead }) => ahead) ? "OUTSIDE_PERIOD" : "";
  return answer?.notes.filter(({ code }) => code !== told) ?? [];
}

export function TileBox({ tile, place, notes }: { tile: Tile; place: number; notes: readonly string[] }) {
  const own = [...new Set(notesOf(tile).map(({ text }) => notes.indexOf(text) + 1))].toSorted((a, b) => a - b);
  const { years, link, body } = contents(tile);
  const id = `tile-${place}`;
  return (
    <section class={`tile ${tile.kind.toLowerCase()}${tile.refusals.length > 0 ? " without" : ""}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{tile.title}</h2>
        {years && <p class="years number">{years}</p>}
      </header>
      {tile.refusals.length > 0 ? <Refusals tile={tile} /> : body}
      {(own.length > 0 || link) && (
        <footer>
          {own.length > 0 && <a class="see number" href="#caveats">{word().caveat(own.join(", "))}</a>}
          {link && <a class="open screen" href={link} aria-label={word().exploreOf(tile.title)}>{word().explore}</a>}
        </footer>
      )}
    </section>
  );
}

/** What a tile shows, of which years, and the same state of the explorer. */
function contents({ comparison, series, ranking, targets, scorecard, table, kind }: Tile): { years?: string; link?: string; body?: ComponentChildren } {
  if (comparison) {
    const { question, rows } = comparison;
    const row = rows[0];
    const unit = row && { unit: row.unit.code, units: row.unit.code, level: row.unit.level.code };
    return {
      years: word().inYears(question.year!, question.baseYear!),
      link: explorer({ indicator: question.indicator?.code, ...unit, year: question.year, base: question.baseYear }),
      body: kind === "CHURN" ? <Churn of={comparison} /> : <Headline of={comparison} />,
    };
  }
  if (series) {
    const units = series.series.map(({ unit }) => unit);
    return {
      link: explorer({ indicator: series.question.indicator?.code, level: units[0]?.level.code, unit: units[0]?.code, units: units.slice(0, 8).map(({ code }) => code).join(), year: series.years.at(-1) }),
      body: <Columns of={series} />,
    };
  }
  if (ranking) {
    const { question, rows } = ranking;
    return {
      years: question.year === question.baseYear ? word().inYear(question.year!) : word().inYears(question.year!, question.baseYear!),
      link: explorer({
        indicator: question.indicator?.code, view: "ranking", level: question.level?.code, within: question.within?.code, unit: rows[0]?.unit.code, units: rows[0]?.unit.code,
        year: question.year, base: question.baseYear, order: question.orderBy === "VALUE" ? null : question.orderBy?.toLowerCase(),
      }),
      body: <Ranked of={ranking} />,
    };
  }
  if (targets) return { ...(targets.question.year && { years: word().inYear(targets.question.year) }), body: <Lights of={targets} /> };
  if (scorecard) return { years: word().inYear(scorecard.question.year), body: <Heat of={scorecard} /> };
  if (table) return { body: <Overview of={table} /> };
  return {};
}

/** The figure, large, and its change, in the API's own words. */
function Headline({ of: { rows } }: { of: Of<"comparison"> }) {
  const row = rows[0];
  if (!row) return null;
  const { current, change } = row;
  const less = change.absolute?.startsWith("-");
  const moved = change.absolute !== null && change.absolute !== undefined && /[1-9]/.test(change.absolute);
  if (current.reason) return <><p class="big none" title={current.text}>–</p><p class="change">{change.text}</p></>;
  return (
    <>
      <p class="big number">
        {current.text} {current.status !== "A" && <span class="status">{word().statuses[current.status]}</span>}
      </p>
      <p class="change number">
        {moved && <span class={less ? "arrow down" : "arrow up"} aria-hidden="true" title={asReported(change.absolute!)}>{less ? "▼" : "▲"}</span>} {change.text}
      </p>
    </>
  );
}

/** Why there is no answer, with the nearest names to take instead. */
function Refusals({ tile: { refusals } }: { tile: Tile }) {
  return (
    <div class="refusals">
      <p class="strong"><span aria-hidden="true">⚠ </span>{word().refused}</p>
      {refusals.map((refusal, i) => (
        <div key={i}>
          <p>{refusal.message}</p>
          {refusal.hint && <p class="faint">{refusal.hint}</p>}
          {refusal.where === "year" && refusal.nearest.length > 0 && (
            <p class="screen">
              {common().nearest}: {refusal.nearest.map((name) => <button type="button" class="chip number" key={name} onClick={() => go({ year: name })}>{name}</button>)}
            </p>
          )}
          <p class="code">{refusal.code}</p>
        </div>
      ))}
    </div>
  );
}
