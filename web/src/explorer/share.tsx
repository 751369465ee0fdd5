// What can be taken along: the question, the picture, a citation.
import { useState } from "preact/hooks";

import { DevelopmentDocument, OrderDocument, YearsDocument, type DevelopmentQuery, type DevelopmentQueryVariables } from "../gen/graphql";
import { day } from "../ui/numbers";
import { savePNG, saveSVG } from "./picture";
import { orderVariables } from "./ordered";
import type { Choice, Indicator } from "./state";
import { yearsVariables } from "./years";
import { word } from "./words";

export function Share({ indicator, choice, development, variables }: {
  indicator: Indicator;
  choice: Choice;
  development: DevelopmentQuery | undefined;
  variables: DevelopmentQueryVariables;
}) {
  const row = development?.comparison.rows[0];
  const release = development?.comparison.release;
  const citation = row && word().citation(
    indicator.name, row.unit.fullName, row.current.year, row.current.text,
    release ? word().releaseText(release.id, day(release.published)) : "", location.href,
  );
  const caption = {
    title: indicator.name,
    subtitle: row ? `${word().inYear(row.unit.fullName, row.current.year)}: ${row.current.text}, ${row.change.text}` : "",
    source: release ? `Niengiam · ${word().releaseText(release.id, day(release.published))}` : "Niengiam",
  };
  const pictured = choice.view === "chart" || choice.view === "map";
  return (
    <section class="share screen" aria-labelledby="share">
      <h2 id="share">{word().share}</h2>
      <ul>
        <li><a href={questionHref(indicator, choice, variables)}>{word().graphql}</a></li>
        {pictured && <li><button type="button" class="link" onClick={() => saveSVG(caption)}>{word().picture("SVG")}</button></li>}
        {pictured && <li><button type="button" class="link" onClick={() => void savePNG(caption)}>{word().picture("PNG")}</button></li>}
      </ul>
      {citation && <Citation text={citation} />}
    </section>
  );
}

/** The question of the view, for GraphiQL. */
function questionHref(indicator: Indicator, choice: Choice, variables: DevelopmentQueryVariables): string {
  const [document, given] =
    choice.view === "chart" ? [DevelopmentDocument, variables] as const
    : choice.view === "table" ? [YearsDocument, yearsVariables(choice, indicator)] as const
    : [OrderDocument, orderVariables(choice, indicator)] as const;
  return `graphiql/?${new URLSearchParams({ query: document.toString().trim(), variables: JSON.stringify(given, null, 2) })}`;
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
