// A map of the workspace's own shapes: each unit in the colour of its class. Units
// that it has no shape of stand below it as tiles.
import { useMemo, useState } from "preact/hooks";

import { day } from "../ui/numbers";
import type { Classes } from "./classes";
import type { Ranked } from "./order";
import { classOf, type Placed } from "./placed";
import { many, useDrawing, type Drawing } from "./shapes";
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
  const parents = useMemo(() => new Map(placed.map(({ row }) => [row.unit.code, row.unit.parent?.code])), [placed]);
  const drawing = useDrawing(map.code, parents, width());
  const drawn = useMemo(() => (drawing ? placed.filter(({ row }) => drawing.outlines.has(row.unit.code)) : []), [drawing, placed]);
  if (drawing === undefined) return <section class="waiting" />;
  const tiles = (some: Placed[]) => <Tiles placed={some} classes={classes} label={label} look={look} />;
  if (drawing === null) return <><p class="faint">{word().mapMissing}</p>{tiles(placed)}</>;
  const without = placed.filter(({ row }) => !drawing.outlines.has(row.unit.code));
  const { title, url, date } = map.source;
  return (
    <>
      {drawn.length > many && <Together drawing={drawing} drawn={drawn} classes={classes} label={label} seen={seen} look={look} />}
      {drawn.length > 0 && drawn.length <= many && <Each drawing={drawing} drawn={drawn} classes={classes} label={label} seen={seen} look={look} />}
      <p class="faint credit">{word().mapBy} {url ? <a href={url} rel="noreferrer" target="_blank">{title}</a> : title}{date ? `, ${day(date)}` : ""}</p>
      {without.length > 0 && <section class="off"><h3>{word().offMap(without.length)}</h3>{tiles(without)}</section>}
    </>
  );
}

interface Drawn {
  drawing: Drawing;
  /** The units that have a shape, by code. */
  drawn: Placed[];
  classes: Classes;
  label: string;
  seen: string | undefined;
  look: (code: string) => void;
}

const margin = 2;
const frame = ({ width, height }: Drawing) => `${-margin} ${-margin} ${width + 2 * margin} ${Math.round(height) + 2 * margin}`;

/** Each unit a shape of its own. They are one stop for the keyboard; the arrows go from unit to unit, by code. */
function Each({ drawing, drawn, classes, label, seen, look }: Drawn) {
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
    <svg class="shapes" role="group" aria-label={label} viewBox={frame(drawing)} onClick={told} onMouseOver={told} onFocusIn={told} onKeyDown={step}>
      <Hatch />
      {drawn.map((at) => {
        const { unit, current: figure } = at.row;
        return <path key={unit.code} class={`shape ${classOf(at, classes)}`} d={drawing.outlines.get(unit.code)} data-code={unit.code} role="button" tabindex={unit.code === tabbed ? 0 : -1} aria-label={`${unit.name}: ${figure.text}`} />;
      })}
      <Marks drawing={drawing} seen={seen} />
      {drawn.length <= named && drawn.map((at) => <Name key={at.row.unit.code} at={at} drawing={drawing} classes={classes} />)}
    </svg>
  );
}

/** Thousands of units: one path for each class, so that the drawing stays small. To the keyboard the ranking and the table are open. */
function Together({ drawing, drawn, classes, label, seen, look }: Drawn) {
  const paths = useMemo(() => {
    const outlines = new Map<string, string[]>();
    for (const at of drawn) {
      const name = classOf(at, classes);
      const some = outlines.get(name) ?? [];
      some.push(drawing.outlines.get(at.row.unit.code)!);
      outlines.set(name, some);
    }
    return [...outlines].map(([name, some]) => <path key={name} class={`shape ${name}`} d={some.join("")} />);
  }, [drawing, drawn, classes]);
  const pointed = (event: MouseEvent) => {
    // The drawing is fitted into its box, whatever the shape of either.
    const onScreen = (event.currentTarget as SVGSVGElement).getScreenCTM();
    const at = onScreen && new DOMPoint(event.clientX, event.clientY).matrixTransform(onScreen.inverse());
    const code = at && unitAt(drawing, at.x, at.y);
    if (code) look(code);
  };
  return (
    <svg class="shapes together" role="img" aria-label={label} viewBox={frame(drawing)} onClick={pointed} onMouseMove={pointed}>
      <Hatch />
      {paths}
      <Marks drawing={drawing} seen={seen} />
    </svg>
  );
}

let canvas: CanvasRenderingContext2D | null | undefined;

/** The unit in whose shape a point lies. */
function unitAt({ places, outlines }: Drawing, x: number, y: number): string | undefined {
  canvas ??= document.createElement("canvas").getContext("2d");
  for (const [code, { box: [left, top, right, bottom] }] of places) {
    if (x < left || x > right || y < top || y > bottom) continue;
    if (canvas?.isPointInPath(new Path2D(outlines.get(code)), x, y)) return code;
  }
  return undefined;
}

/** The ground of units without a figure. */
function Hatch() {
  return (
    <pattern id="no-figure" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="ground" width="5" height="5" />
      <rect class="stripe" width="1" height="5" />
    </pattern>
  );
}

/** The borders of the units above, and a line around the unit that is read out. */
function Marks({ drawing, seen }: { drawing: Drawing; seen: string | undefined }) {
  return (
    <>
      <path class="borders" d={drawing.borders} aria-hidden="true" />
      <path class="mark" d={drawing.outlines.get(seen ?? "")} aria-hidden="true" />
    </>
  );
}

/** The name of a unit where its shape has room for it. */
function Name({ at, drawing, classes }: { at: Placed; drawing: Drawing; classes: Classes }) {
  const { name, code } = at.row.unit;
  const { x, y, box: [left, top, right, bottom] } = drawing.places.get(code)!;
  if (name.length * letter.width * roomy > right - left || 2 * letter.height > bottom - top) return null;
  return <text class={classOf(at, classes)} x={Math.round(x)} y={Math.round(y + letter.height / 3)} aria-hidden="true">{name}</text>;
}
