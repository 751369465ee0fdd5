// The map: each unit in the colour of its class, as a shape where the workspace has
// shapes, else as a tile.
import { lazy, Suspense } from "preact/compat";
import { useMemo, useState } from "preact/hooks";

import { follow, href } from "../address";
import { language } from "../language";
import { whole } from "../ui/numbers";
import { classify, type Classes, type Shade } from "./classes";
import { FigureButton } from "./figure";
import { measureOf, type Ranked } from "./order";
import { classOf, lackOf, lacks, type Placed } from "./placed";
import type { Choice, Indicator } from "./state";
import { Tiles } from "./tiles";
import { word } from "./words";

const Choropleth = lazy(() => import("./choropleth"));

/** Up to so many units stand in the table below; of more the ranking is the table. */
const listed = 400;

export default function MapView({ ranking, indicator, choice }: { ranking: Ranked; indicator: Indicator; choice: Choice }) {
  const [code, look] = useState<string>();
  const changes = choice.order !== "VALUE";
  const { placed, classes } = useMemo(() => {
    const shades = ranking.rows.map((row) => ({ value: measureOf(row, choice, indicator), text: changes ? row.change.short : row.current.short }));
    const classes = classify(shades.filter((s): s is Shade => s.value !== undefined), changes);
    const rows: Placed[] = ranking.rows.map((row, i) => ({ row, class: shades[i]!.value === undefined ? -1 : classes.of(shades[i]!.value) }));
    for (const row of ranking.unranked) rows.push({ row, class: -1 });
    return { placed: rows.toSorted(byPlace), classes };
  }, [ranking, choice.order]);
  const label = word().tilesOf(indicator.name, choice.year);
  // What is looked at changes with every move of the mouse; legend, tiles and table do not.
  // Values have the unit of measure in words; percentages and changes say what they are themselves.
  const what = changes ? word().changes(word().orders[choice.order], choice.base!) : indicator.measureUnit === "%" ? "" : indicator.measureUnit;
  const legend = useMemo(() => <Legend what={what} classes={classes} placed={placed} changes={changes} />, [placed, classes, what, language.value]);
  const tiles = useMemo(() => ranking.map ? null : <Tiles placed={placed} classes={classes} label={label} changes={changes} look={look} />, [placed, classes, label]);
  const table = useMemo(() => <Numbers placed={placed} changes={changes} />, [placed, language.value]);
  const seen = placed.find(({ row }) => row.unit.code === code) ?? placed.find(({ row }) => row.unit.code === choice.unit);
  const reading = (
    <p class="reading">
      {seen && (
        <>
          <a href={href({ view: undefined, unit: seen.row.unit.code, units: seen.row.unit.code })} onClick={follow}>{seen.row.unit.name}</a>{": "}
          <FigureButton id={seen.row.current.id} text={seen.row.current.text} status={seen.row.current.status} />
          {changes && <span class="clause">{seen.row.change.text}</span>}
        </>
      )}
    </p>
  );
  return (
    <div class="map">
      {ranking.map ? (
        <Suspense fallback={<section class="waiting" />}>
          <Choropleth map={ranking.map} placed={placed} classes={classes} legend={legend} reading={reading} label={word().mapOf(indicator.name, choice.year)} changes={changes} seen={seen?.row.unit.code} look={look} />
        </Suspense>
      ) : <>{legend}{tiles}{reading}</>}
      {!ranking.map && <p class="faint">{word().tileKey}</p>}
      {table}
    </div>
  );
}

/** By the unit above and then by code: neighbours have codes near one another. */
function byPlace({ row: a }: Placed, { row: b }: Placed): number {
  const [above, other] = [a.unit.parent?.code ?? "", b.unit.parent?.code ?? ""];
  if (above !== other) return above < other ? -1 : 1;
  return a.unit.code < b.unit.code ? -1 : 1;
}

function Legend({ what, classes, placed, changes }: { what: string; classes: Classes; placed: Placed[]; changes: boolean }) {
  const count = (name: string) => placed.filter((at) => classOf(at, classes) === name).length;
  const some = lacks.filter((lack) => placed.some((at) => at.class < 0 && lackOf(at.row) === lack));
  return (
    <>
      {what && <p class="faint measured">{what}</p>}
      <ul class="legend" aria-label={word().legend}>
        {classes.edges.map(([from, to], i) => (
          <li key={i}>
            <span class={`swatch ${classes.names[i]}`} /> <span class="number">{from === to ? from : `${from} – ${to}`}</span> <span class="faint number">({whole(count(classes.names[i]!))})</span>
          </li>
        ))}
        {some.map((lack) => <li key={lack}><span class={`swatch class-${lack}`} /> {word().lacks(lack, changes)} <span class="faint number">({whole(count(`class-${lack}`))})</span></li>)}
      </ul>
    </>
  );
}

/** What the map shows, as a table. */
function Numbers({ placed, changes }: { placed: Placed[]; changes: boolean }) {
  if (placed.length > listed) return <p class="faint screen"><a href={href({ view: "ranking" })} onClick={follow}>{word().mapRanking}</a></p>;
  return (
    <details class="numbers">
      <summary>{word().mapTable}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={word().mapTable}>
        <table>
          <thead>
            <tr><th scope="col">{word().unit}</th><th scope="col">{word().figure}</th>{changes && <th scope="col">{word().changed}</th>}</tr>
          </thead>
          <tbody>
            {placed.map(({ row: { unit, current, change } }) => (
              <tr key={unit.code}>
                <th scope="row">{unit.name}</th>
                <td><FigureButton id={current.id} text={current.text} status={current.status} /></td>
                {changes && <td>{change.text}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
