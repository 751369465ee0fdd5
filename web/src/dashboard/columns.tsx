// Figures over the years, as columns from zero with their figures above them; several
// units stand below each other, by the same height.
import { position } from "../ui/numbers";
import type { Of } from "./state";
import { word } from "./words";

type Figure = Of<"series">["series"][number]["figures"][number];

/** How many columns there is room for with a figure above each. */
const roomy = 6;
const mostUnits = 6;

const soft = ({ status }: Figure) => status === "P" || status === "E";

export function Columns({ of: { question, years, series } }: { of: Of<"series"> }) {
  const per = question.indicator?.per;
  const percentage = per === 100;
  const height = (figure: Figure) => Math.max(0, position(per != null ? figure.rate : figure.value) ?? 0);
  const highest = Math.max(...series.flatMap(({ figures }) => figures.map(height)), percentage ? 100 : 0) || 1;
  if (!series.some(({ figures }) => figures.some((figure) => !figure.reason))) return <p class="faint">{word().noFigures}</p>;
  return (
    <div class="trends">
      {series.slice(0, mostUnits).map(({ unit, figures }) => (
        <figure key={unit.code}>
          <figcaption class="faint">{unit.name}{!percentage && question.indicator ? ` · ${question.indicator.measureUnit}` : ""}</figcaption>
          <table>
            <caption class="hidden">{unit.name}</caption>
            <thead class="hidden"><tr>{years.map((year) => <th scope="col" key={year}>{year}</th>)}</tr></thead>
            <tbody>
              <tr style={{ gridTemplateColumns: `repeat(${years.length}, minmax(0, 1fr))` }}>
                {figures.map((figure, i) => {
                  const crowded = years.length > roomy;
                  const told = !crowded || i === 0 || i === years.length - 1;
                  return (
                    <td key={figure.year} title={`${figure.year}: ${figure.text}`}>
                      <span class="column">
                        <span class={told ? "value number" : "hidden"} style={crowded ? { alignSelf: i === 0 ? "start" : "end" } : undefined}>{figure.reason ? "–" : figure.short}</span>
                        {!figure.reason && <span class={soft(figure) ? "bar soft" : "bar"} aria-hidden="true" style={{ height: `calc((100% - 1.6em) * ${height(figure) / highest})` }} />}
                      </span>
                      <span class="year number" aria-hidden="true">{told || years.length <= 2 * roomy ? figure.year : ""}</span>
                      {figure.status !== "A" && <span class="hidden">{word().statuses[figure.status]}</span>}
                    </td>
                  );
                })}
              </tr>
            </tbody>
          </table>
        </figure>
      ))}
      {series.some(({ figures }) => figures.some(soft)) && <p class="key">┄ {word().soft}</p>}
      {series.length > mostUnits && <p class="faint">{word().others(series.length - mostUnits)}</p>}
    </div>
  );
}
