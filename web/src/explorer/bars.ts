// Bars in place of lines: one for each unit and year, with its name and figure above it.
import * as Plot from "@observablehq/plot";

import { className, type Point } from "./point";
import { word } from "./words";

/** How many figures of a unit make a line. */
const lineFigures = 3;
const rowHeight = 46;
const barHeight = 14;
const below = 6;
/** How much is all of it, of which percentages are parts. */
const all = 100;

/** Whether no unit has figures enough for a line. */
export function isBars(known: Point[]): boolean {
  const counts = new Map<string, number>();
  for (const { color } of known) counts.set(color, (counts.get(color) ?? 0) + 1);
  return known.length > 0 && Math.max(...counts.values()) < lineFigures;
}

/** Draws the figures that are known, in the order of the units and then of the years; percentages on a bar of the whole. */
export function drawBars(known: Point[], width: number, percentages: boolean): SVGSVGElement | HTMLElement {
  const values = known.map(({ value }) => value!);
  const [low, high] = [Math.min(0, ...values), Math.max(percentages ? all : 0, ...values)];
  const oneYear = new Set(known.map(({ year }) => year)).size === 1;
  const name = ({ unit, year }: Point) => (oneYear ? unit : word().inYear(unit, year));
  const row = (p: Point) => known.indexOf(p);
  return Plot.plot({
    className,
    width,
    height: known.length * rowHeight + 12,
    margin: 0,
    marginTop: 4,
    marginBottom: 8,
    marginRight: 2,
    style: { background: "transparent", fontFamily: "inherit", fontSize: "15px", overflow: "visible" },
    x: { domain: [low, high === low ? 1 : high], axis: null },
    y: { domain: known.map(row), axis: null, padding: 0 },
    marks: [
      Plot.ruleY(percentages ? known : [], { y: row, x1: 0, x2: all, dy: (rowHeight - barHeight) / 2 - below, stroke: "var(--line)", strokeWidth: barHeight }),
      Plot.barX(known, {
        y: row, x1: 0, x2: (p: Point) => p.value!, insetTop: rowHeight - barHeight - below, insetBottom: below,
        fill: "color", fillOpacity: (p: Point) => (p.soft ? 0.45 : 1), rx: 1,
      }),
      Plot.ruleX(low < 0 ? [0] : [], { stroke: "var(--faint)" }),
      Plot.text(known, { y: row, frameAnchor: "left", textAnchor: "start", text: name, dy: -8, fill: "var(--ink)", fontWeight: 600 }),
      Plot.text(known, { y: row, frameAnchor: "right", textAnchor: "end", text: (p: Point) => p.figure.text, dy: -8, fill: "var(--ink)" }),
    ],
  }) as SVGSVGElement | HTMLElement;
}
