// The catalogue: indicators by topic, and a search that needs no tone marks.
import { useEffect, useState } from "preact/hooks";

import { follow, href } from "../address";
import { useAnswer } from "../api";
import { CatalogueDocument, type CatalogueQuery } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live, Message, Untranslated } from "../ui/message";
import { word as common } from "../words";
import { ofOneIndicator } from "./state";
import { word } from "./words";

/** How many indicators a page has; the API gives at most 1000 at once. */
const pageSize = 200;

/** How long typing rests before the search is asked. */
const restMilliseconds = 150;

type Indicator = NonNullable<CatalogueQuery["indicators"]>["nodes"][number];

/** The variables of the question which indicators a search finds. */
export const catalogueVariables = (search = "", size = pageSize) => ({ language: language.value, first: Math.min(size, 1000), ...(search !== "" && { search }) });

/** The address of an indicator, on its own defaults. */
function indicatorHref(code: string): string {
  return href({ ...Object.fromEntries(ofOneIndicator.map((name) => [name, undefined])), q: undefined, indicator: code });
}

/** A field to search in, and what is found, by topic; `done` is told that one was chosen. */
export function Catalogue({ done }: { done?: () => void }) {
  const [text, type] = useState("");
  const [search, settle] = useState("");
  const [size, grow] = useState(pageSize);
  useEffect(() => {
    const timer = setTimeout(() => settle(text.trim()), restMilliseconds);
    return () => clearTimeout(timer);
  }, [text]);
  const { value, fault, pending, retry } = useAnswer(CatalogueDocument, catalogueVariables(search, size));
  const found = value?.indicators;
  return (
    <div class="catalogue">
      <div class="finder" role="search">
        <label for="search">{word().search}</label>
        <input id="search" type="search" autocomplete="off" spellcheck={false} value={text} aria-describedby="search-hint" onInput={(event) => type(event.currentTarget.value)} />
        <p id="search-hint">{word().searchHint}</p>
      </div>
      <Live text={pending ? common().loading : found ? word().found(found.totalCount) : ""} />
      {fault ? <FaultMessage fault={fault} retry={retry} /> : found && (
        <div class={pending ? "stale" : undefined}>
          <Untranslated count={value.untranslated} />
          {found.totalCount > 0 && <Topics indicators={found.nodes} done={done} />}
          {found.totalCount === 0 && search !== "" && (
            <Message title={word().nothingFound(search)}>
              <p>{word().nothingFoundText}</p>
              <p><button type="button" class="button" onClick={() => type("")}>{word().clear}</button></p>
            </Message>
          )}
          {found.totalCount === 0 && search === "" && <Message title={word().empty}><p>{word().emptyText}</p></Message>}
          {found.pageInfo.hasNextPage && <p><button type="button" class="button" onClick={() => grow(size + pageSize)}>{word().more}</button></p>}
        </div>
      )}
    </div>
  );
}

/** A link to an indicator; `done` is told that it was chosen. */
export function IndicatorLink({ code, name, done }: { code: string; name: string; done?: (() => void) | undefined }) {
  const choose = (event: MouseEvent) => {
    follow(event);
    done?.();
  };
  return <a href={indicatorHref(code)} onClick={choose}>{name}</a>;
}

function Topics({ indicators, done }: { indicators: Indicator[]; done: (() => void) | undefined }) {
  const topics = new Map<string, Indicator[]>();
  for (const indicator of indicators) {
    topics.set(indicator.topic.code, [...(topics.get(indicator.topic.code) ?? []), indicator]);
  }
  return (
    <div class="topics">
      {[...topics.values()].map((members) => (
        <section key={members[0]!.topic.code}>
          <h2>{members[0]!.topic.name}</h2>
          <ul>
            {members.map((i) => (
              <li key={i.code}>
                <IndicatorLink code={i.code} name={i.name} done={done} />
                <span class="years number">{i.years.length > 0 ? word().years(i.years) : word().noYears}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
