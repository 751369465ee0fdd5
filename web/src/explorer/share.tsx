// What can be taken along: the question, the picture, a citation.
import { useState } from "preact/hooks";

import {
  DevelopmentDocument, OrderDocument, OrderFileDocument, YearsDocument, YearsFileDocument,
  type DevelopmentQueryVariables, type PublicationFragment,
} from "../gen/graphql";
import { language } from "../language";
import { savePNG, saveSVG } from "./picture";
import { orderVariables } from "./order";
import type { Choice, Indicator } from "./state";
import { quoted, quotedChange, sourceOf, subjectOf, type Told } from "./subject";
import { yearsVariables } from "./years";
import { word } from "./words";

/** How many figures the API gives in one set of series: docs/operating.md. */
const mostFigures = 20_000;

export function Share({ indicator, choice, count, told, drawn, variables }: {
  indicator: Indicator;
  choice: Choice;
  /** How many units the level has, once that is known. */
  count: number | undefined;
  told: Told | undefined;
  /** The latest of the publications that the view draws. */
  drawn: PublicationFragment | null | undefined;
  variables: DevelopmentQueryVariables;
}) {
  const published = (release: PublicationFragment | null | undefined) => {
    const from = sourceOf(release);
    return from ? word().publishedBy(from.publisher, from.title, from.on) : "";
  };
  const source = published(told && (told.current.release ?? told.base?.release));
  const citation = told && word().citation(
    indicator.name, subjectOf(told), quoted(told), source, told.dataVersion, pinned(told.dataVersion),
  );
  const caption = {
    title: indicator.name,
    subtitle: told ? `${subjectOf(told)}: ${quotedChange(told)}` : "",
    // What is drawn may be published later than the figure that is told, and by others.
    source: [...new Set([source, published(drawn)]), "Niengiam"].filter(Boolean).join(" · "),
  };
  const { from: since, cut } = choice.view === "table" ? yearsOfFile(indicator, choice, count ?? 0) : { from: variables.from, cut: "" };
  return (
    <>
      <section class="share screen" aria-labelledby="share">
        <h2 id="share">{word().share}</h2>
        <ul>
          <li><a href={questionHref(indicator, choice, variables)}>{word().graphql}</a></li>
          {(["csv", "xlsx", "parquet"] as const).map((format) => (
            <li key={format}><a href={fileHref(format, indicator, choice, { ...variables, from: since })} download>{word().files[format]}</a>{cut}</li>
          ))}
          <li><button type="button" class="link" onClick={() => saveSVG(caption)}>{word().picture("SVG")}</button></li>
          <li><button type="button" class="link" onClick={() => void savePNG(caption)}>{word().picture("PNG")}</button></li>
        </ul>
        {citation && <Citation text={citation} />}
      </section>
      {/* On paper nothing can be pressed; where it comes from is said in a line. */}
      {citation && <p class="on-paper">{citation}</p>}
    </>
  );
}

/** The address of the view as it is, whatever is published later. */
function pinned(version: string): string {
  const address = new URL(location.href);
  address.searchParams.set("version", version);
  address.searchParams.delete("figure");
  return address.href.replace(/%2C/g, ",");
}

/** The question of the view, for GraphiQL. */
function questionHref(indicator: Indicator, choice: Choice, variables: DevelopmentQueryVariables): string {
  const [document, given] =
    choice.view === "chart" ? [DevelopmentDocument, variables] as const
    : choice.view === "table" ? [YearsDocument, yearsVariables(choice, indicator)] as const
    : [OrderDocument, orderVariables(choice, indicator)] as const;
  return `graphiql/?${new URLSearchParams({ query: document.toString().trim(), variables: JSON.stringify(given, null, 2) })}`;
}

/** The first year of a file of all units of a level: of thousands it holds the last years only, and says so. */
function yearsOfFile(indicator: Indicator, choice: Choice, count: number): { from: number | null; cut: string } {
  const first = Math.max(choice.from ?? 0, indicator.years[0]!);
  const last = Math.min(choice.to ?? 9999, indicator.years.at(-1)!);
  const from = last + 1 - Math.floor(mostFigures / Math.max(count, 1));
  return from <= first ? { from: choice.from ?? null, cut: "" } : { from, cut: ` (${from === last ? last : `${from}–${last}`})` };
}

/** The address of the view's figures as a file: docs/exports.md. */
function fileHref(format: "csv" | "xlsx" | "parquet", indicator: Indicator, choice: Choice, variables: DevelopmentQueryVariables): string {
  const { language: lang, from, to, scope: view } = variables;
  const years = { language: lang, indicator: indicator.code, from, to, scope: view };
  const ordered = choice.view === "ranking" || choice.view === "map";
  const [document, given] =
    ordered ? [OrderFileDocument, orderVariables(choice, indicator)] as const
    : choice.view === "chart" ? [YearsFileDocument, { ...years, units: choice.units }] as const
    : [YearsFileDocument, { ...years, level: choice.level, within: choice.within ?? null }] as const;
  const address = new URLSearchParams({ query: document.toString().trim(), variables: JSON.stringify(given) });
  // A workbook has a sheet for the ranked and one for the others; other files hold the ranked.
  if (ordered && format !== "xlsx") address.set("table", "ranking.rows");
  // Excel reads a comma where Vietnamese does; a point would be taken for thousands.
  if (format === "csv" && language.value === "VI") address.set("decimal", "comma");
  return `export/-.${format}?${address}`;
}

function Citation({ text }: { text: string }) {
  const [copied, set] = useState<string>();
  return (
    <div class="citation">
      <label for="citation">{word().cite}</label>
      <textarea id="citation" readOnly rows={5} value={text} onFocus={(event) => event.currentTarget.select()} />
      <button
        type="button"
        class="link"
        onClick={() => {
          navigator.clipboard?.writeText(text).then(() => set(text), () => document.getElementById("citation")?.focus());
        }}
      >
        {copied === text ? word().copied : word().copy}
      </button>
    </div>
  );
}
