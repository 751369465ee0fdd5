// The map: each unit in the colour of its class, as a shape where the workspace has
// shapes, else as a tile.
import { lazy, Suspense } from "preact/compat";
import { useMemo, useState } from "preact/hooks";

import { follow, href } from "../address";
import { language } from "../language";
import { classify, type Classes, type Shade } from "./classes";
import { whole } from "../ui/numbers";
import { FigureButton } from "./figure";
import { measureOf, type Ranked } from "./order";
import type { Placed } from "./placed";
import type { Choice, Indicator } from "./state";
import { Tiles } from "./tiles";
import { word } from "./words";

const Choropleth = lazy(() => import("./choropleth"));

export default function MapView({ ranking, indicator, choice }: { ranking: Ranked; indicator: Indicator; choice: Choice }) {
  const [code, look] = useState<string>();
  const { placed, classes } = useMemo(() => {
    const changes = choice.order !== "VALUE";
    const shades = ranking.rows.map((row) => ({ value: measureOf(row, choice, indicator), text: changes ? row.change.short : row.current.short }));
    const classes = classify(shades.filter((s): s is Shade => s.value !== undefined), changes);
    const rows: Placed[] = ranking.rows.map((row, i) => ({ row, class: shades[i]!.value === undefined ? -1 : classes.of(shades[i]!.value) }));
    for (const row of ranking.unranked) rows.push({ row, class: -1 });
    return { placed: rows.toSorted((a, b) => (a.row.unit.code < b.row.unit.code ? -1 : 1)), classes };
  }, [ranking, choice.order]);
  const label = word().tilesOf(indicator.name, choice.year);
  // What is looked at changes with every move of the mouse; legend and tiles do not.
  const legend = useMemo(() => <Legend classes={classes} placed={placed} />, [placed, classes, language.value]);
  const tiles = useMemo(() => ranking.map ? null : <Tiles placed={placed} classes={classes} label={label} look={look} />, [placed, classes, label]);
  const seen = placed.find(({ row }) => row.unit.code === code) ?? placed.find(({ row }) => row.unit.code === choice.unit);
  return (
    <div class="map">
      {legend}
      {ranking.map ? (
        <Suspense fallback={<section class="waiting" />}>
          <Choropleth map={ranking.map} placed={placed} classes={classes} label={word().mapOf(indicator.name, choice.year)} seen={seen?.row.unit.code} look={look} />
        </Suspense>
      ) : tiles}
      <p class="reading">
        {seen && (
          <>
            <a href={href({ view: undefined, unit: seen.row.unit.code, units: seen.row.unit.code })} onClick={follow}>{seen.row.unit.name}</a>{": "}
            <FigureButton id={seen.row.current.id} text={seen.row.current.text} status={seen.row.current.status} />
            {choice.order !== "VALUE" && <>, {seen.row.change.text}</>}
          </>
        )}
      </p>
      {!ranking.map && <p class="faint">{word().tileKey}</p>}
    </div>
  );
}

function Legend({ classes, placed }: { classes: Classes; placed: Placed[] }) {
  const count = (i: number) => placed.filter((p) => p.class === i).length;
  return (
    <ul class="legend" aria-label={word().legend}>
      {classes.edges.map(([from, to], i) => (
        <li key={i}>
          <span class={`swatch ${classes.names[i]}`} /> <span class="number">{from === to ? from : `${from} – ${to}`}</span> <span class="faint number">({whole(count(i))})</span>
        </li>
      ))}
      {count(-1) > 0 && <li><span class="swatch class-none" /> {word().without} <span class="faint number">({whole(count(-1))})</span></li>}
    </ul>
  );
}
