// The chart: one line a unit, broken where figures are missing or the series breaks; bars
// where no unit has figures enough for a line.
import * as Plot from "@observablehq/plot";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { go } from "../address";
import type { DevelopmentQuery } from "../gen/graphql";
import { position, tick } from "../ui/numbers";
import { drawBars, isBars } from "./bars";
import { FigureButton } from "./figure";
import { hasRate, isPercentage } from "./measure";
import { className, type Point } from "./point";
import { maxLines, unitsOn, type Choice, type Indicator } from "./state";
import { UnitPicker } from "./units";
import { word } from "./words";

type SeriesSet = NonNullable<DevelopmentQuery["series"]>;

const height = 430;
/** From this width on a line carries its name at its end. */
const wide = 560;

export default function Chart({ indicator, choice, series }: { indicator: Indicator; choice: Choice; series: SeriesSet }) {
  const figure = useRef<HTMLDivElement>(null);
  const [width, measure] = useState(0);
  useLayoutEffect(() => {
    measure(Math.round(figure.current!.getBoundingClientRect().width));
    const observer = new ResizeObserver(([entry]) => measure(Math.round(entry!.contentRect.width)));
    observer.observe(figure.current!);
    return () => observer.disconnect();
  }, []);
  const points = pointsOf(indicator, series);
  const known = points.filter((p) => p.value !== undefined);
  const names = series.series.map(({ unit }) => unit.name).join(", ");
  const bars = isBars(known);
  // The figure and its words are painted first; the drawing has its place already.
  useEffect(() => {
    if (width === 0 || known.length === 0) return;
    const plot = bars ? drawBars(known, width, isPercentage(indicator)) : draw(choice, yearsOf(known), points, width);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", (bars ? word().barsOf : word().chartOf)(indicator.name, names));
    // The drawing is one picture to a screen reader; its parts are in the table.
    plot.querySelectorAll("[aria-label]").forEach((part) => {
      part.setAttribute("data-part", part.getAttribute("aria-label")!);
      part.removeAttribute("aria-label");
    });
    plot.addEventListener("click", () => {
      const point = (plot as { value?: Point | null }).value;
      if (point) go({ figure: point.figure.id });
    });
    figure.current!.replaceChildren(plot);
  }, [series, width, choice.base, choice.year]);
  return (
    <>
      <Lines choice={choice} series={series} />
      <p class="axis">{indicator.measureUnit}</p>
      <div class={bars ? "chart bars" : "chart"} ref={figure} />
      {known.length === 0 && <p class="faint">{word().noPoints}</p>}
      <p class="key faint">
        {points.some((p) => p.soft) && <span>{bars ? `▒ ${word().softBar}` : `┄○ ${word().provisionalMark}`}</span>}
        {!bars && points.some((p) => p.figure.statuses.includes("B")) && <span>┊ {word().breakMark}</span>}
      </p>
      <Numbers series={series} />
    </>
  );
}

/** The years from the first figure to the last: a register has years before its first decision. */
function yearsOf(known: Point[]): number[] {
  const [first, last] = [Math.min(...known.map(({ year }) => year)), Math.max(...known.map(({ year }) => year))];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function pointsOf(indicator: Indicator, { series }: SeriesSet): Point[] {
  return series.flatMap(({ unit, figures }, i) => {
    let stretch = 0;
    return figures.map((figure): Point => {
      if (figure.statuses.includes("B")) stretch++;
      return {
        year: figure.year,
        value: position(hasRate(indicator) ? figure.rate : figure.value),
        unit: unit.name,
        color: `var(--series-${i + 1})`,
        stretch: `${unit.code}/${stretch}`,
        soft: figure.status === "P" || figure.status === "E",
        figure,
      };
    });
  });
}

function draw(choice: Choice, years: number[], points: Point[], width: number): SVGSVGElement | HTMLElement {
  const values = points.flatMap((p) => (p.value === undefined ? [] : [p.value]));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const top = high === low ? 1 : high;
  const named = width >= wide;
  const ends = named ? endsOf(points, top - low) : [];
  const longest = Math.max(0, ...ends.map((end) => end.unit.length));
  const base = years.filter((y) => y === choice.base);
  const breaks = [...new Set(points.filter((p) => p.figure.statuses.includes("B")).map((p) => p.year - 0.5))];
  const soft = softLinks(points);
  return Plot.plot({
    className,
    width,
    height,
    marginTop: 26,
    marginLeft: 8 + 9 * Math.max(tick(top).length, tick(low).length),
    marginRight: named ? Math.min(190, 22 + 8 * longest) : 18,
    marginBottom: 34,
    style: { background: "transparent", fontFamily: "inherit", fontSize: "14px", overflow: "visible" },
    x: { domain: [years[0]! - 0.25, years.at(-1)! + 0.25], ticks: ticksOf(years, width), tickFormat: String, label: null, tickSize: 0 },
    y: { domain: [low, top], nice: true, ticks: 5, tickFormat: tick, label: null, tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
      Plot.ruleY([0], { stroke: "var(--faint)" }),
      Plot.ruleX(base, { stroke: "var(--faint)", strokeDasharray: "2 4" }),
      // Above the lines, where it covers none of them, and within the picture at its edges.
      Plot.text(base, { x: (y: number) => y, frameAnchor: "top", lineAnchor: "bottom", textAnchor: anchorAt(years, choice.base), dy: -6, text: word().baseMark, fill: "var(--faint)" }),
      Plot.ruleX(breaks, { stroke: "var(--warn)", strokeWidth: 1.5, strokeDasharray: "5 3" }),
      Plot.line(points, { x: "year", y: (p: Point) => p.value ?? NaN, z: "stretch", stroke: "color", strokeWidth: 2.25, strokeLinejoin: "round" }),
      // What leads to a provisional year is drawn over in the colour of the paper, so that it is dashed.
      Plot.link(soft, { x1: "x1", y1: "y1", x2: "x2", y2: "y2", stroke: "var(--paper)", strokeWidth: 3, strokeDasharray: "4 5" }),
      Plot.dot(points, { x: "year", y: (p: Point) => p.value ?? NaN, r: width < wide ? 3 : 3.6, stroke: "color", strokeWidth: 1.8, fill: (p: Point) => (p.soft ? "var(--paper)" : p.color) }),
      Plot.text(ends, { x: "x", y: "y", text: "unit", fill: "color", textAnchor: "start", dx: 12, fontWeight: 600, lineWidth: 100 }),
      Plot.tip(points, Plot.pointer({
        x: "year",
        y: (p: Point) => p.value ?? NaN,
        title: (p: Point) => `${word().inYear(p.unit, p.year)}\n${p.figure.text}`,
        fill: "var(--raised)",
        stroke: "var(--edge)",
        fontSize: 14,
        maxRadius: 60,
      })),
    ],
  }) as SVGSVGElement | HTMLElement;
}

/** Which way a label about a year runs, so that it is not cut at the edges. */
function anchorAt(years: number[], year: number | undefined): "start" | "middle" | "end" {
  const part = ((year ?? 0) - years[0]!) / Math.max(1, years.length - 1);
  if (part > 0.8) return "end";
  return part < 0.2 ? "start" : "middle";
}

/** The years under the axis: as many as there is room for, the last always. */
function ticksOf(years: number[], width: number): number[] {
  const step = Math.max(1, Math.ceil((years.length * 48) / Math.max(width - 160, 120)));
  return years.filter((y) => (years.at(-1)! - y) % step === 0);
}

/** The names at the ends of the lines, moved apart where they would cover each other. */
function endsOf(points: Point[], range: number): { x: number; y: number; unit: string; color: string }[] {
  const gap = (range * 18) / (height - 50);
  const last = new Map<string, Point>();
  for (const p of points) if (p.value !== undefined) last.set(p.color, p);
  const ends = [...last.values()].map((p) => ({ x: p.year, y: p.value!, unit: p.unit, color: p.color })).toSorted((a, b) => a.y - b.y);
  for (let i = 1; i < ends.length; i++) ends[i]!.y = Math.max(ends[i]!.y, ends[i - 1]!.y + gap);
  const over = ends.length > 0 ? ends.at(-1)!.y - Math.max(...points.map((p) => p.value ?? -Infinity)) : 0;
  if (over > 0) {
    // Half of the push goes down, so that a crowd stays about its lines.
    for (const end of ends) end.y -= over / 2;
  }
  return ends;
}

/** The pieces of line that end or begin in a provisional or estimated year. */
function softLinks(points: Point[]): { x1: number; y1: number; x2: number; y2: number }[] {
  return points.flatMap((p, i) => {
    const before = points[i - 1];
    if (!before || before.stretch !== p.stretch || before.value === undefined || p.value === undefined || !(p.soft || before.soft)) return [];
    return [{ x1: before.year, y1: before.value, x2: p.year, y2: p.value }];
  });
}

/** The units on the chart: which one is in focus, what is there, and what could be added. */
function Lines({ choice, series }: { choice: Choice; series: SeriesSet }) {
  const [open, set] = useState(false);
  const { units } = choice;
  return (
    <div class="lines screen" role="group" aria-label={word().lines}>
      {series.series.map(({ unit }, i) => (
        <span class={`line line-${i + 1}`} key={unit.code}>
          <button type="button" aria-pressed={unit.code === choice.unit} title={word().focus(unit.name)} onClick={() => go({ unit: unit.code })}>{unit.name}</button>
          {units.length > 1 && <button type="button" class="drop" aria-label={word().dropLine(unit.name)} onClick={() => go({ units: units.filter((code) => code !== unit.code).join() })}>✕</button>}
        </span>
      ))}
      <button type="button" class="chip" disabled={units.length >= maxLines} title={units.length >= maxLines ? word().fullLines : undefined} onClick={() => set(true)}>+ {word().addLine}</button>
      {open && (
        <UnitPicker
          title={word().addLine}
          day={unitsOn(choice)}
          close={() => set(false)}
          choose={(code) => {
            set(false);
            if (code && !units.includes(code)) go({ units: [...units, code].join() });
          }}
        />
      )}
    </div>
  );
}

/** What the chart shows, as a table. */
function Numbers({ series }: { series: SeriesSet }) {
  return (
    <details class="numbers">
      <summary>{word().chartTable}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={word().chartTable}>
        <table>
          <thead>
            <tr><th scope="col">{word().year}</th>{series.series.map(({ unit }) => <th scope="col" key={unit.code}>{unit.name}</th>)}</tr>
          </thead>
          <tbody>
            {series.years.map((year, i) => (
              <tr key={year}>
                <th scope="row" class="number">{year}</th>
                {series.series.map(({ unit, figures }) => <td key={unit.code}><FigureButton id={figures[i]!.id} text={figures[i]!.text} status={figures[i]!.status} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
