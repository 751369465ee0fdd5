// Several indicators of several units, as the API's table says them.
import { explorer, type Of } from "./state";
import { word } from "./words";

type Row = Of<"table">["rows"][number];

export function Overview({ of: { question, columns, rows, total } }: { of: Of<"table"> }) {
  return (
    <div class="overview scroll" tabIndex={0} role="region" aria-label={columns.map(({ name }) => name).join("; ")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{word().unit}</th>
            {columns.map((c, i) => (
              <th scope="col" key={i}>
                <a href={explorer({ indicator: c.indicator.code, view: "table", level: question.level?.code, within: question.within?.code, year: c.year })}>{c.name}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Line key={row.unit.code} row={row} />)}</tbody>
        {total && <tfoot><Line row={total} /></tfoot>}
      </table>
    </div>
  );
}

function Line({ row }: { row: Row }) {
  return (
    <tr>
      <th scope="row">{row.unit.name}</th>
      {row.cells.map((cell, i) => <td class="number" key={i}>{cell.text}{!["A", "M", "C"].includes(cell.status) ? <span class="status"> {word().statuses[cell.status]}</span> : null}</td>)}
    </tr>
  );
}
