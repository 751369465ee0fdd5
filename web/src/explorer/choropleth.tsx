// A map of the workspace's own shapes: each unit in the colour of its class. Units
// that it has no shape of stand below it as tiles.
import type { ComponentChildren, TargetedPointerEvent } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { language } from "../language";
import { day } from "../ui/numbers";
import type { Classes } from "./classes";
import { captionLetters, many, type Drawing, type Room, type Wanted } from "./drawing";
import { leading } from "./labels";
import type { Ranked } from "./order";
import { classOf, type Placed } from "./placed";
import { Pointed } from "./pointed";
import { useDrawing } from "./shapes";
import { Tiles } from "./tiles";
import { word } from "./words";

/** The blank around a drawing, for the lines at its edge. */
const margin = 3;
/** The steps in which a drawing follows the width of its room. */
const step = 20;
/** How high it may be: as high as the window, within these. */
const heights = { least: 860, most: 1000 };
/** From how much room beside a drawing on its legend stands there, with the line that reads out a unit. */
const roomBeside = 230;

export default function Choropleth({ map, placed, classes, legend, reading, label, changes, seen, look }: {
  map: NonNullable<Ranked["map"]>;
  placed: Placed[];
  classes: Classes;
  legend: ComponentChildren;
  /** The line that reads out a unit. */
  reading: ComponentChildren;
  label: string;
  /** Whether units are coloured by a change. */
  changes: boolean;
  /** The unit that is read out. */
  seen: string | undefined;
  look: (code: string) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const wanted = useMemo(() => new Map(placed.map(({ row: { unit } }): [string, Wanted] => [unit.code, { name: unit.name, parent: unit.parent?.code }])), [placed]);
  const drawing = useDrawing(map.code, wanted, room);
  const drawn = useMemo(() => (drawing ? placed.filter(({ row }) => drawing.outlines.has(row.unit.code)) : []), [drawing, placed]);
  const tiles = (some: Placed[]) => <Tiles placed={some} classes={classes} label={label} changes={changes} look={look} />;
  const without = drawing ? placed.filter(({ row }) => !drawing.outlines.has(row.unit.code)) : [];
  const beside = !!room && !!drawing && room.width - drawing.width > roomBeside;
  const Shapes = drawn.length > many ? Together : Each;
  return (
    <div ref={frame}>
      {drawing === null && <>{legend}<p class="faint">{word().mapMissing}</p>{tiles(placed)}</>}
      {drawing === undefined && <section class="waiting" />}
      {drawing && (
        <figure class={beside ? "plate beside" : "plate"}>
          <div class="told">{legend}{beside && reading}</div>
          {drawn.length > 0 && <Shapes drawing={drawing} drawn={drawn} classes={classes} label={label} changes={changes} seen={seen} look={look} />}
          <Credit map={map} />
        </figure>
      )}
      {!beside && reading}
      {without.length > 0 && <section class="off"><h3>{word().offMap(without.length)}</h3>{tiles(without)}</section>}
    </div>
  );
}

/** The room that a drawing has within an element. */
function useRoom(frame: { current: HTMLElement | null }): Room | undefined {
  const [width, set] = useState<number>();
  useLayoutEffect(() => {
    const measure = () => frame.current && frame.current.clientWidth > 0 && set(Math.max(step, Math.floor((frame.current.clientWidth - 2 * margin) / step) * step));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  const height = Math.min(heights.most, Math.max(heights.least, innerHeight - 2 * step));
  return useMemo(() => (width === undefined ? undefined : { width, height }), [width]);
}

/** Who drew the shapes, as the licence asks, and what they are good for. */
function Credit({ map: { source: { title, url, date } } }: { map: NonNullable<Ranked["map"]> }) {
  return (
    <figcaption class="faint credit">
      {word().mapBy} {title}{url && <>, <a href={url} rel="noreferrer" target="_blank">{url.replace(/^https:\/\//, "")}</a></>}{date ? `, ${day(date)}` : ""}. {word().mapRough}
    </figcaption>
  );
}

interface Drawn {
  drawing: Drawing;
  /** The units that have a shape. */
  drawn: Placed[];
  classes: Classes;
  label: string;
  changes: boolean;
  seen: string | undefined;
  look: (code: string) => void;
}

const frameOf = ({ width, height }: Drawing) => ({
  viewBox: `${-margin} ${-margin} ${Math.ceil(width) + 2 * margin} ${Math.ceil(height) + 2 * margin}`,
  width: Math.ceil(width) + 2 * margin,
  height: Math.ceil(height) + 2 * margin,
});

/** Each unit a shape of its own. They are one stop for the keyboard; the arrows go from unit to unit, by the unit above and by code. */
function Each({ drawing, drawn, classes, label, changes, seen, look }: Drawn) {
  const [stop, stay] = useState<string>();
  const tabbed = drawn.find(({ row }) => row.unit.code === (stop ?? seen))?.row.unit.code ?? drawn[0]?.row.unit.code;
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = drawn.findIndex(({ row }) => row.unit.code === (event.target as Element).getAttribute("data-code"));
    const next = by && at >= 0 ? drawn[at + by] : undefined;
    if (!next) return;
    event.preventDefault();
    stay(next.row.unit.code);
    (event.currentTarget as Element).querySelector<SVGElement>(`.shape[data-code="${CSS.escape(next.row.unit.code)}"]`)?.focus();
  };
  const shapes = useMemo(() => drawn.map((at) => {
    const { unit, current: figure, change } = at.row;
    const { x, y } = drawing.places.get(unit.code)!;
    return <path key={unit.code} class={`shape ${classOf(at, classes)}`} d={drawing.outlines.get(unit.code)} data-code={unit.code} data-at={`${Math.round(x)} ${Math.round(y)}`} role="button" tabindex={unit.code === tabbed ? 0 : -1} aria-label={`${unit.name}: ${figure.text}${changes ? `, ${change.text}` : ""}`} />;
  }), [drawing, drawn, classes, changes, tabbed]);
  const words = useMemo(() => <Words drawing={drawing} drawn={drawn} classes={classes} />, [drawing, drawn, classes, language.value]);
  return (
    <Pointed placed={drawn} classes={classes} changes={changes} look={look}>
      <svg class="shapes" role="group" aria-label={label} {...frameOf(drawing)} onKeyDown={move}>
        <Hatches />
        <Frames drawing={drawing} />
        {shapes}
        {words}
        <Marks drawing={drawing} seen={seen} />
      </svg>
    </Pointed>
  );
}

/** Thousands of units: one path for each class, so that the drawing stays small. To the keyboard the ranking and the table are open. */
function Together({ drawing, drawn, classes, label, changes, seen, look }: Drawn) {
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
  const codeAt = (event: TargetedPointerEvent<HTMLElement>) => {
    const onScreen = event.currentTarget.querySelector("svg")?.getScreenCTM();
    const at = onScreen && new DOMPoint(event.clientX, event.clientY).matrixTransform(onScreen.inverse());
    return at ? unitAt(drawing, at.x, at.y) : undefined;
  };
  return (
    <Pointed placed={drawn} classes={classes} changes={changes} look={look} codeAt={codeAt}>
      <svg class="shapes together" role="img" aria-label={label} {...frameOf(drawing)}>
        <Hatches />
        <Frames drawing={drawing} />
        {paths}
        <Marks drawing={drawing} seen={seen} />
      </svg>
    </Pointed>
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

/** The grounds of units without a number: hatched where there is none, dotted where it is withheld, hatched the other way where only a bound is known. */
function Hatches() {
  return (
    <defs>
      <pattern id="ground-none" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="ground" width="5" height="5" />
        <rect class="stripe" width="1" height="5" />
      </pattern>
      <pattern id="ground-withheld" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect class="ground" width="5" height="5" />
        <circle class="dot" cx="2.5" cy="2.5" r="1.1" />
      </pattern>
      <pattern id="ground-bound" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect class="ground" width="7" height="7" />
        <rect class="dot" width="1" height="7" />
      </pattern>
    </defs>
  );
}

/** The frames of what lies far from the rest, each with its name. */
function Frames({ drawing }: { drawing: Drawing }) {
  return (
    <>
      {drawing.insets.map(({ name, lines, x, y, width, height }) => (
        <g key={name.vi} class="inset" aria-hidden="true">
          <rect x={Math.round(x)} y={Math.round(y)} width={Math.round(width)} height={Math.round(height)} />
          {lines[language.value === "EN" ? "en" : "vi"].map((line, i) => <text key={i} x={Math.round(x + width / 2)} y={Math.round(y) + (captionLetters + 1) * (i + 1)} font-size={captionLetters}>{line}</text>)}
        </g>
      ))}
    </>
  );
}

/** Small pieces made visible, and large enough for a pointer; and names. */
function Words({ drawing, drawn, classes }: Pick<Drawn, "drawing" | "drawn" | "classes">) {
  const byCode = new Map(drawn.map((at) => [at.row.unit.code, classOf(at, classes)]));
  const islets = drawn.flatMap(({ row: { unit } }) => drawing.islets.get(unit.code) ?? []).join("");
  return (
    <g aria-hidden="true">
      {islets && <path class="shores" d={islets} />}
      {[...drawing.islets].map(([code, d]) => <path key={code} class={`islet ${byCode.get(code) ?? ""}`} d={d} data-code={code} />)}
      {drawing.labels.map(({ code, lines, x, y, size }) => (
        <text key={code} class={`name ${byCode.get(code) ?? ""}`} data-of={code} font-size={size}>
          {lines.map((line, i) => <tspan key={i} x={x.toFixed(1)} y={(y + size * (leading * (i - (lines.length - 1) / 2) + 0.34)).toFixed(1)}>{line}</tspan>)}
        </text>
      ))}
    </g>
  );
}

/** The borders of the units above, the outer line of all, and a line around the unit that is read out. */
function Marks({ drawing, seen = "" }: { drawing: Drawing; seen: string | undefined }) {
  const mainland = drawing.mainlands.get(seen);
  return (
    <>
      <path class="coast" d={drawing.coast} aria-hidden="true" />
      <path class="borders" d={drawing.borders} aria-hidden="true" />
      <path class="mark" d={mainland ?? drawing.outlines.get(seen)} aria-hidden="true" />
      {mainland !== undefined && <path class="mark thin" d={drawing.islets.get(seen)} aria-hidden="true" />}
    </>
  );
}
