// The table: the units of a level and all years, read a page at a time as one scrolls.
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { recall } from "../api";
import { YearsDocument, type YearsQuery } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live } from "../ui/message";
import { usePages } from "../ui/pages";
import { Gap, unread, useWindow } from "../ui/virtual";
import { word as common } from "../words";
import { FigureButton, Letters } from "./figure";
import { replaceArgument, scope, type Choice, type Indicator, type Said } from "./state";
import { word } from "./words";

const rowHeight = 42;
/** How many years a sheet of paper has room for, the same as in the style sheet. */
const onPaper = 24;
/** How many rows are read at once; a page is at most 1000, an answer at most 20,000 cells. */
const pageRows = 500;
const answerCells = 20_000;

/** What tells the reasons apart for which there is no number. */
const superscripts = "¹²³⁴⁵⁶⁷⁸⁹";

type Table = NonNullable<YearsQuery["table"]>;

/** The variables of the question for the first page. */
export function yearsVariables(choice: Choice, indicator: Indicator) {
  const years = indicator.years.filter((y) => y >= (choice.from ?? 0) && y <= (choice.to ?? 9999));
  return {
    language: language.value, indicator: indicator.code, level: choice.level, within: choice.within ?? null, years,
    first: Math.min(pageRows, Math.max(1, Math.floor(answerCells / Math.max(years.length, 1)) - 1)), after: null as string | null, scope: scope(choice),
  };
}

export function YearsTable({ indicator, choice, note }: { indicator: Indicator; choice: Choice; note: (said: Said) => void }) {
  const variables = yearsVariables(choice, indicator);
  const box = useRef<HTMLDivElement>(null);
  const { answer, rows, fault, pending, reach, retry } = usePages(JSON.stringify(variables), async (after) => {
    const { table } = await recall(YearsDocument, { ...variables, after });
    return { answer: table, rows: table.rows, version: table.dataVersion, next: table.pageInfo.hasNextPage ? (table.pageInfo.endCursor ?? null) : null };
  });
  useEffect(() => {
    if (answer || fault) note(answer && !fault ? answer : { notes: [] });
  }, [answer, fault]);
  const total = answer?.totalCount ?? 0;
  const statuses = useMemo(() => new Set([...rows, ...(answer?.total ? [answer.total] : [])].flatMap(({ cells }) => cells.map((cell) => cell.status))), [rows]);
  const marks = useMemo(() => marksOf([...(answer?.total ? [answer.total] : []), ...rows]), [rows]);
  const sight = useWindow(box, total, rowHeight);
  useEffect(() => reach(sight.to), [sight.to, rows]);
  useLayoutEffect(() => {
    let width = 0;
    const fit = () => {
      if (!box.current || width === innerWidth) return; // on a phone the height changes while one scrolls
      width = innerWidth;
      fitYears(box.current);
    };
    fit();
    if (document.fonts.status === "loading") void document.fonts.ready.then(() => box.current && fitYears(box.current));
    addEventListener("resize", fit);
    return () => removeEventListener("resize", fit);
  }, [answer, choice.year]);

  if (fault) return <FaultMessage fault={fault} retry={retry} choose={replaceArgument} />;
  if (!answer) return <section class="waiting"><Live text={common().loading} /></section>;
  const { columns, total: whole } = answer;
  const width = columns.length + 1;
  return (
    <>
      <p class="faint number">{word().units(total)} · {columns[0]?.unitOfMeasure} · {columns[0]?.year}–{columns.at(-1)?.year}</p>
      <div class={`years-table scroll${pending ? " stale" : ""}`} ref={box} tabIndex={0} role="region" aria-label={indicator.name} aria-busy={sight.to > rows.length}>
        <table aria-rowcount={total + 1}>
          <thead>
            <tr aria-rowindex={1}><th scope="col">{word().unit}</th>{columns.map((c) => <th scope="col" class={`number${c.year === choice.year ? " asked" : ""}`} key={c.year}>{c.year}</th>)}</tr>
          </thead>
          <tbody>
            {whole && <Line row={whole} marks={marks} />}
            <Gap height={sight.before} columns={width} />
            {rows.slice(sight.from, sight.to).map((row, i) => <Line key={row.unit.code} row={row} marks={marks} index={sight.from + i + 2} />)}
            <Gap height={sight.after + unread(sight, rows.length) * rowHeight} columns={width} />
          </tbody>
        </table>
      </div>
      <Letters statuses={statuses} />
      {marks.size > 0 && <p class="faint letters">{[...marks].map(([why, mark]) => `${mark} ${why}`).join(" · ")}</p>}
      {sight.to - sight.from < total && <p class="on-paper">{word().rowsOf(sight.to - sight.from, total)}</p>}
      {columns.length > onPaper && <p class="on-paper">{word().yearsOf(onPaper, columns.length)}</p>}
    </>
  );
}

/** A mark for each reason why there is no number, in the order in which they come: a cell has no room for the reason itself. */
function marksOf(rows: readonly Table["rows"][number][]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  for (const { cells } of rows) {
    for (const { status, text } of cells) {
      if ((status === "M" || status === "C") && !marks.has(text)) marks.set(text, `–${superscripts[marks.size] ?? ""}`);
    }
  }
  return marks;
}

/** Makes the years equally wide and the box as wide as some of them, and shows the one
 * asked: a number of which an edge hides some digits would read as another one. */
function fitYears(box: HTMLElement) {
  const [names, ...years] = box.querySelectorAll<HTMLElement>("thead th");
  if (!names) return;
  box.style.maxWidth = "";
  box.style.removeProperty("--year");
  const width = Math.ceil(Math.max(...years.map((year) => year.getBoundingClientRect().width)));
  const fitting = Math.max(1, Math.floor((box.clientWidth - names.offsetWidth) / width));
  if (fitting >= years.length) return;
  box.style.setProperty("--year", `${width}px`);
  box.style.maxWidth = `${names.offsetWidth + fitting * width + box.offsetWidth - box.clientWidth}px`;
  box.style.scrollPaddingLeft = `${names.offsetWidth}px`;
  box.scrollLeft = width * Math.max(0, years.findIndex((year) => year.classList.contains("asked")) + 1 - fitting);
}

/** A row stays as it was drawn while one scrolls. */
const Line = memo(({ row, marks, index }: { row: Table["rows"][number]; marks: ReadonlyMap<string, string>; index?: number }) => (
  <tr aria-rowindex={index} class={index === undefined ? "whole" : undefined}>
    <th scope="row">{row.unit.name}</th>
    {row.cells.map((cell, i) => (
      <td key={i} class={`number status-${cell.status}`}>
        <FigureButton id={cell.figure.id} text={cell.text} mark={marks.get(cell.text)} status={cell.status} brief />
      </td>
    ))}
  </tr>
));
