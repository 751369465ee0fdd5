// One indicator: its headline, the choices, the view, and what to know when one reads it.
import { lazy, Suspense } from "preact/compat";
import { useEffect, useState } from "preact/hooks";

import { follow, go, href, query } from "../address";
import { Refused, useAnswer, useParts } from "../api";
import { AvailabilityDocument, DevelopmentDocument, FirstLookDocument, FrameDocument } from "../gen/graphql";
import { Dialog } from "../ui/dialog";
import { FaultMessage, Live, Message, Untranslated } from "../ui/message";
import { word as common } from "../words";
import { availabilityVariables, chart, developmentVariables, firstLookVariables, frameVariables } from "./ahead";
import { Catalogue } from "./catalogue";
import { Controls } from "./controls";
import { FigureButton, Provenance } from "./figure";
import { Ordered } from "./ordered";
import { Share } from "./share";
import { publicationOf, subjectOf, toldOf, type Told } from "./subject";
import { addressOf, choose, ofOneIndicator, replaceArgument, views, wish, type Choice, type Frame, type Indicator, type Note, type Said } from "./state";
import { Unknown } from "./unknown";
import { YearsTable } from "./years";
import { word } from "./words";

const Chart = lazy(chart);

/** How many caveats are in sight at first. */
const caveatsInSight = 7;

/** The page of the indicator that the address names. */
export function Explore() {
  const { value, fault, retry } = useAnswer(FrameDocument, frameVariables(wish.value));
  useEffect(() => {
    document.title = value?.indicator ? `${value.indicator.name} · Niengiam` : "Niengiam";
  }, [value]);
  if (fault) return <FaultMessage whole fault={fault} retry={retry} />;
  if (!value || (value.indicator && value.indicator.code !== wish.value.indicator)) return <section class="waiting"><Live text={common().loading} /></section>;
  if (!value.indicator) return <Unknown code={wish.value.indicator} />;
  return (
    <>
      <Known indicator={value.indicator} levels={value.levels} bases={value.bases} />
      <Untranslated count={value.untranslated} />
    </>
  );
}

function Known({ indicator, levels, bases }: Frame) {
  const whole = choose(wish.value, undefined);
  const { value, pending, fault } = useAnswer(FirstLookDocument, whole ? null : firstLookVariables(wish.value));
  // Where something in the address is refused the rest of it stands, with what can be chosen instead.
  const spare = useAnswer(FirstLookDocument, fault instanceof Refused ? { indicator: indicator.code } : null);
  const look = pending ? undefined : (value?.firstLook ?? spare.value?.firstLook);
  const choice = indicator.years.length > 0 ? (whole ?? choose(wish.value, look)) : null;
  // The defaults go into the address too, so that what one sends is what one saw.
  useEffect(() => {
    if (choice && !whole && !fault) go(addressOf(choice), "replace");
  }, [choice]);
  const refused = choice ? undefined : fault && !(fault instanceof Refused) ? fault : spare.fault;
  return (
    <article class="explore">
      <Title indicator={indicator} />
      {refused ? <FaultMessage fault={refused} retry={() => location.reload()} choose={replaceArgument} /> : <Body indicator={indicator} levels={levels} bases={bases} choice={choice} fault={fault} />}
      <Provenance />
    </article>
  );
}

function Body({ indicator, levels, bases, choice, fault }: Frame & { choice: Choice | undefined | null; fault: Error | undefined }) {
  if (choice === undefined) return <section class="waiting"><Live text={common().loading} /></section>;
  if (choice === null) {
    if (indicator.years.length === 0) return <Message title={word().noFigures}><p>{word().noFiguresText}</p></Message>;
    if (![...ofOneIndicator, "asof", "basis"].some((name) => query.value.has(name))) return <Message title={word().noFigures}><p>{word().noNumberText}</p></Message>;
    return (
      <Message title={word().noUnits}>
        <p>{word().noUnitsText(wish.value.year ?? indicator.years.at(-1)!)}</p>
        <p><a class="button" href={href(Object.fromEntries([...ofOneIndicator, "asof", "basis"].map((name) => [name, undefined])))} onClick={follow}>{word().reset}</a></p>
      </Message>
    );
  }
  return <Chosen indicator={indicator} levels={levels} bases={bases} choice={choice} fault={fault} />;
}

function Title({ indicator }: { indicator: Indicator }) {
  const [open, set] = useState(false);
  const { definition } = indicator;
  return (
    <header class="title">
      <p class="topic">{indicator.topic.name}</p>
      <h1>{indicator.name}</h1>
      <p class="meta">
        <span>{word().measuredIn}: {[...new Set([indicator.unitOfMeasure, indicator.measureUnit])].join(", ")}</span>
        <span class="number">{indicator.years.length > 0 ? word().years(indicator.years) : word().noYears}</span>
        <button type="button" class="link screen" onClick={() => set(true)}>{word().change}</button>
      </p>
      <details class="method">
        <summary>{word().definition}</summary>
        <p>{indicator.description}</p>
        {definition && <p>{word().defined}: {definition.url ? <a href={definition.url} rel="noreferrer" target="_blank">{definition.title}</a> : definition.title}</p>}
      </details>
      {open && <Dialog title={word().change} close={() => set(false)}><div><Catalogue done={() => set(false)} /></div></Dialog>}
    </header>
  );
}

function Chosen({ indicator, levels, bases, choice, fault }: Frame & { choice: Choice; fault: Error | undefined }) {
  const available = useAnswer(AvailabilityDocument, availabilityVariables(choice)).value?.availability;
  const variables = developmentVariables(choice);
  const development = useParts(DevelopmentDocument, variables);
  const { pending } = development;
  // Each of the two may be refused for itself: no figure of the base year is no reason to draw no lines.
  const { series } = development.value?.value ?? {};
  const told = development.value && toldOf(development.value.value);
  const untold = development.value?.faults.comparison ?? development.value?.faults.figure;
  const drawn = development.fault ?? development.value?.faults.series;
  const [said, note] = useState<Said>();
  const shown = choice.view === "chart" ? development.value && [...(told?.notes ?? []), ...(series?.notes ?? [])] : said?.notes;
  // All of it comes at once: nothing moves while one reads.
  if (!development.value && !development.fault) return <section class="waiting"><Live text={common().loading} /></section>;
  return (
    <>
      <Headline told={told} />
      {untold && untold.message !== drawn?.message && <FaultMessage fault={untold} retry={development.retry} choose={replaceArgument} />}
      {/* What no question of the chart asks is refused here; the other views ask all of it. */}
      {fault && !development.fault && choice.view === "chart" && fault.message !== untold?.message && <FaultMessage fault={fault} retry={development.retry} choose={replaceArgument} />}
      <Controls choice={choice} indicator={indicator} levels={levels} bases={bases} available={available} />
      <nav class="views screen" aria-label={word().viewsLabel}>
        {views.map((view) => (
          <a key={view} href={href({ view: view === "chart" ? undefined : view })} onClick={follow} aria-current={view === choice.view ? "page" : undefined}>{word().views[view]}</a>
        ))}
      </nav>
      <Live text={pending ? common().loading : ""} />
      <div class="figure-and-notes">
        <div class="view" aria-busy={pending}>
          <h2 class="hidden">{word().views[choice.view]}</h2>
          {choice.view === "chart" && drawn && <FaultMessage fault={drawn} retry={development.retry} choose={replaceArgument} />}
          {choice.view === "chart" && !drawn && (
            <Suspense fallback={<section class="waiting" />}>
              {series ? <Chart indicator={indicator} choice={choice} series={series} /> : <section class="waiting" />}
            </Suspense>
          )}
          {(choice.view === "ranking" || choice.view === "map") && <Ordered indicator={indicator} choice={choice} note={note} />}
          {choice.view === "table" && <YearsTable indicator={indicator} choice={choice} note={note} />}
        </div>
        <aside aria-labelledby="caveats" hidden={development.fault !== undefined}>
          <h2 id="caveats">{word().caveats}</h2>
          {(shown || development.fault) && (
            <>
              <Caveats notes={shown ?? []} />
              <Share indicator={indicator} choice={choice} count={available?.levels.find(({ level }) => level.code === choice.level)?.universeCount} told={told} drawn={choice.view === "chart" ? series?.release : said?.release} variables={variables} />
            </>
          )}
        </aside>
      </div>
    </>
  );
}

function Caveats({ notes }: { notes: readonly Note[] }) {
  const texts = [...new Set(notes.map(({ text }) => text))];
  if (texts.length === 0) return <p class="faint">{word().noCaveats}</p>;
  const list = (some: readonly string[]) => <ul class="caveats">{some.map((text) => <li key={text}>{text}</li>)}</ul>;
  // A long list would hide what stands below it; on paper it is whole.
  if (texts.length <= caveatsInSight + 1) return list(texts);
  return <>{list(texts.slice(0, caveatsInSight))}<details class="more-caveats"><summary>{word().moreCaveats(texts.length - caveatsInSight)}</summary>{list(texts.slice(caveatsInSight))}</details></>;
}

/** The figure of the unit in focus and its change, in the API's own words. */
function Headline({ told }: { told: Told | undefined }) {
  const from = told && publicationOf(told);
  return (
    <section class="headline">
      {told && (
        <>
          <p class="who">{subjectOf(told)}</p>
          <p class="big"><FigureButton id={told.current.id} text={told.current.text} status={told.current.status} /></p>
          {/* Where a figure is missing its own reason is that of the change as well, and said once. */}
          {told.change && told.change.text !== told.current.text && <p class="change">{told.change.text}</p>}
          <p class="faint number">
            {from && word().published(from.publisher, from.on)}
          </p>
        </>
      )}
    </section>
  );
}
