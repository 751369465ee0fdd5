// The table: the units of a level and all years, read a page at a time as one scrolls.
import { useEffect, useRef, useState } from "preact/hooks";

import { recall } from "../api";
import { YearsDocument, type YearsQuery } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live } from "../ui/message";
import { Gap, useWindow } from "../ui/virtual";
import { word as common } from "../words";
import { FigureButton } from "./figure";
import { replaceArgument, scope, type Choice, type Indicator, type Note } from "./state";
import { word } from "./words";

const rowHeight = 42;
/** How many rows are read at once; a page is at most 1000, an answer at most 20,000 cells. */
const pageRows = 500;
const answerCells = 20_000;

type Table = YearsQuery["table"];

/** The variables of the question for the first page. */
export function yearsVariables(choice: Choice, indicator: Indicator) {
  const years = indicator.years.filter((y) => y >= (choice.from ?? 0) && y <= (choice.to ?? 9999));
  return {
    language: language.value, indicator: indicator.code, by: choice.level, within: choice.within ?? null, years,
    first: Math.min(pageRows, Math.max(1, Math.floor(answerCells / Math.max(years.length, 1)) - 1)), after: null as string | null, scope: scope(choice),
  };
}

export function YearsTable({ indicator, choice, note }: { indicator: Indicator; choice: Choice; note: (notes: readonly Note[]) => void }) {
  const variables = yearsVariables(choice, indicator);
  const key = JSON.stringify(variables);
  const [state, set] = useState<{ key: string; table?: Table; rows: Table["rows"]; fault?: Error }>({ key: "", rows: [] });
  const [turn, again] = useState(0);
  const reading = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const current = state.key === key ? state : undefined;

  const read = async (after: string | null, before: Table["rows"]) => {
    reading.current = true;
    try {
      const { table } = await recall(YearsDocument, { ...variables, after });
      set({ key, table, rows: [...before, ...table.rows] });
      if (after === null) note(table.notes);
    } catch (fault) {
      set({ key, rows: before, fault: fault as Error });
      note([]);
    } finally {
      reading.current = false;
    }
  };
  useEffect(() => void read(null, []), [key, turn]);

  const total = current?.table?.totalCount ?? 0;
  const rows = current?.rows ?? [];
  const sight = useWindow(box, total, rowHeight);
  useEffect(() => {
    if (current?.table?.pageInfo.hasNextPage && sight.to > rows.length && !reading.current) void read(current.table.pageInfo.endCursor ?? null, rows);
  }, [sight.to, rows.length]);

  if (current?.fault) return <FaultMessage fault={current.fault} retry={() => again(turn + 1)} choose={replaceArgument} />;
  if (!current?.table) return <section class="waiting"><Live text={common().loading} /></section>;
  const { columns, total: whole } = current.table;
  const width = columns.length + 1;
  return (
    <>
      <p class="faint number">{word().units(total)} · {columns[0]?.unit}</p>
      <div class="years-table scroll" ref={box} tabIndex={0} role="region" aria-label={indicator.name}>
        <table aria-rowcount={total + 1}>
          <thead>
            <tr aria-rowindex={1}><th scope="col">{word().unit}</th>{columns.map((c) => <th scope="col" class="number" key={c.year}>{c.year}</th>)}</tr>
          </thead>
          <tbody>
            {whole && <Line row={whole} />}
            <Gap height={sight.before} columns={width} />
            {rows.slice(sight.from, sight.to).map((row, i) => <Line key={row.unit.code} row={row} index={sight.from + i + 2} />)}
            <Gap height={sight.after + Math.max(0, sight.to - Math.max(rows.length, sight.from)) * rowHeight} columns={width} />
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ row, index }: { row: Table["rows"][number]; index?: number }) {
  return (
    <tr aria-rowindex={index} class={index === undefined ? "whole" : undefined}>
      <th scope="row">{row.unit.name}</th>
      {row.cells.map((cell, i) => (
        <td key={i} class={`number status-${cell.status}`}>
          <FigureButton id={cell.figure.id} text={cell.text} status={cell.status} brief />
        </td>
      ))}
    </tr>
  );
}
