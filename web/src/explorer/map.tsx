// The tile map: each unit a tile in the colour of its class.
import { useMemo, useState } from "preact/hooks";

import { follow, href } from "../address";
import { tick } from "../ui/numbers";
import { classify, type Classes } from "./classes";
import { FigureButton } from "./figure";
import { measureOf, type Ranked } from "./ordered";
import type { Choice, Indicator } from "./state";
import { Tiles } from "./tiles";
import { word } from "./words";

type Unit = Ranked["rows"][number] | Ranked["unranked"][number];

/** A unit on a map, with its class: -1 without a figure. */
export interface Placed {
  row: Unit;
  class: number;
}

export default function MapView({ ranking, indicator, choice }: { ranking: Ranked; indicator: Indicator; choice: Choice }) {
  const [code, look] = useState<string>();
  const { placed, classes } = useMemo(() => {
    const measures = ranking.rows.map((row) => measureOf(row, choice, indicator));
    const classes = classify(measures.filter((m) => m !== undefined), choice.order !== "VALUE");
    const rows: Placed[] = ranking.rows.map((row, i) => ({ row, class: measures[i] === undefined ? -1 : classes.of(measures[i]) }));
    for (const row of ranking.unranked) rows.push({ row, class: -1 });
    return { placed: rows.toSorted((a, b) => (a.row.unit.code < b.row.unit.code ? -1 : 1)), classes };
  }, [ranking, choice.order]);
  const seen = placed.find(({ row }) => row.unit.code === code) ?? placed.find(({ row }) => row.unit.code === choice.unit);
  return (
    <div class="map">
      <Legend classes={classes} placed={placed} />
      <Tiles placed={placed} classes={classes} label={word().tilesOf(indicator.name, choice.year)} look={look} />
      <p class="reading">
        {seen && (
          <>
            <a href={href({ view: undefined, unit: seen.row.unit.code, units: seen.row.unit.code })} onClick={follow}>{seen.row.unit.name}</a>{": "}
            <FigureButton id={seen.row.figure.id} text={seen.row.figure.text} status={seen.row.figure.status} />
            {choice.order !== "VALUE" && <>, {seen.row.change.text}</>}
          </>
        )}
      </p>
      <p class="faint">{word().tileKey}</p>
    </div>
  );
}

function Legend({ classes, placed }: { classes: Classes; placed: Placed[] }) {
  const count = (i: number) => placed.filter((p) => p.class === i).length;
  return (
    <ul class="legend" aria-label={word().legend}>
      {classes.edges.map(([from, to], i) => (
        <li key={i}>
          <span class={`swatch ${classes.names[i]}`} /> <span class="number">{from === to ? tick(from) : `${tick(from)} – ${tick(to)}`}</span> <span class="faint number">({count(i)})</span>
        </li>
      ))}
      {count(-1) > 0 && <li><span class="swatch class-none" /> {word().without} <span class="faint number">({count(-1)})</span></li>}
    </ul>
  );
}
