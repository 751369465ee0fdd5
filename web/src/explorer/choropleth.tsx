// A map of the workspace's own shapes: each unit in the colour of its class. Units
// that it has no shape of stand below it as tiles.
import { useMemo, useState } from "preact/hooks";

import { day } from "../ui/numbers";
import type { Classes } from "./classes";
import { classOf, type Placed } from "./map";
import type { Ranked } from "./ordered";
import { draw, useShapes, type Drawing } from "./shapes";
import { Tiles } from "./tiles";
import { word } from "./words";

/** The width of a drawing, in its own measure; on a phone it is less, so that names can be read. */
const width = () => (matchMedia("(max-width: 640px)").matches ? 420 : 1000);
/** How high a letter of a name is, and how wide about, in the same measure. */
const letter = { height: 19, width: 10.5 };
/** How much wider than a name its shape's box is where the name is written: shapes are no boxes. */
const roomy = 1.35;
/** Up to so many units names are written where they fit. */
const named = 70;

export default function Choropleth({ map, placed, classes, label, seen, look }: {
  map: NonNullable<Ranked["map"]>;
  placed: Placed[];
  classes: Classes;
  label: string;
  /** The unit that is read out. */
  seen: string | undefined;
  look: (code: string) => void;
}) {
  const shapes = useShapes(map.code);
  const drawing = useMemo(() => shapes && draw(shapes, new Map(placed.map(({ row }) => [row.unit.code, row.unit.parent?.code])), width()), [shapes, placed]);
  if (drawing === undefined) return <section class="waiting" />;
  const tiles = (some: Placed[]) => <Tiles placed={some} classes={classes} label={label} look={look} />;
  if (drawing === null) return <><p class="faint">{word().mapMissing}</p>{tiles(placed)}</>;
  const without = placed.filter(({ row }) => !drawing.outlines.has(row.unit.code));
  const { title, url, date } = map.source;
  return (
    <>
      {drawing.outlines.size > 0 && <Drawn drawing={drawing} placed={placed} classes={classes} label={label} seen={seen} look={look} />}
      <p class="faint credit">{word().mapBy} {url ? <a href={url} rel="noreferrer" target="_blank">{title}</a> : title}{date ? `, ${day(date)}` : ""}</p>
      {without.length > 0 && <section class="off"><h3>{word().offMap(without.length)}</h3>{tiles(without)}</section>}
    </>
  );
}

/** The drawing. It is one stop for the keyboard; the arrows go from unit to unit, by code. */
function Drawn({ drawing, placed, classes, label, seen, look }: { drawing: Drawing; placed: Placed[]; classes: Classes; label: string; seen: string | undefined; look: (code: string) => void }) {
  const drawn = placed.filter(({ row }) => drawing.outlines.has(row.unit.code));
  const [stop, stay] = useState<string>();
  const tabbed = drawn.find(({ row }) => row.unit.code === (stop ?? seen))?.row.unit.code ?? drawn[0]?.row.unit.code;
  const told = (event: Event) => {
    const code = (event.target as Element).getAttribute("data-code");
    if (code) look(code);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = drawn.findIndex(({ row }) => row.unit.code === (event.target as Element).getAttribute("data-code"));
    const next = by && at >= 0 ? drawn[at + by] : undefined;
    if (!next) return;
    event.preventDefault();
    stay(next.row.unit.code);
    (event.currentTarget as Element).querySelector<SVGElement>(`[data-code="${CSS.escape(next.row.unit.code)}"]`)?.focus();
  };
  return (
    <svg class="shapes" role="group" aria-label={label} viewBox={`-2 -2 ${drawing.width + 4} ${Math.round(drawing.height) + 4}`} onClick={told} onMouseOver={told} onFocusIn={told} onKeyDown={step}>
      <pattern id="no-figure" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="ground" width="5" height="5" />
        <rect class="stripe" width="1" height="5" />
      </pattern>
      {drawn.map((at) => {
        const { unit, figure } = at.row;
        return <path key={unit.code} class={`shape ${classOf(at, classes)}`} d={drawing.outlines.get(unit.code)} data-code={unit.code} role="button" tabindex={unit.code === tabbed ? 0 : -1} aria-label={`${unit.name}: ${figure.text}`} />;
      })}
      <path class="borders" d={drawing.borders} aria-hidden="true" />
      <path class="mark" d={drawing.outlines.get(seen ?? "")} aria-hidden="true" />
      {drawn.length <= named && drawn.map((at) => <Name key={at.row.unit.code} at={at} drawing={drawing} classes={classes} />)}
    </svg>
  );
}

/** The name of a unit where its shape has room for it. */
function Name({ at, drawing, classes }: { at: Placed; drawing: Drawing; classes: Classes }) {
  const { name, code } = at.row.unit;
  const middle = drawing.middles.get(code)!;
  if (name.length * letter.width * roomy > middle.width || 2 * letter.height > middle.height) return null;
  return <text class={classOf(at, classes)} x={Math.round(middle.x)} y={Math.round(middle.y + letter.height / 3)} aria-hidden="true">{name}</text>;
}
