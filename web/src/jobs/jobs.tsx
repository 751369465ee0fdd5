// How the sources were loaded: what is held and why, which rows were not taken.
import { useEffect, useState } from "preact/hooks";

import { forget, useParts } from "../api";
import { JobsDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live, Message, Untranslated } from "../ui/message";
import { moment } from "../ui/numbers";
import { word as common } from "../words";
import { Deliveries } from "./deliveries";
import { Findings } from "./findings";
import { Held } from "./held";
import { titleOf, zoneOf, type Job, type Restatement } from "./job";
import { useProgress } from "./live";
import { Rejects } from "./rejects";
import { Sources } from "./sources";
import { TryOut } from "./tryout";
import { word } from "./words";

/** How many decisions of the past are listed. */
const recent = 10;

/** The whole page. */
export function Jobs() {
  const { value, fault, pending, retry } = useParts(JobsDocument, { language: language.value });
  useEffect(() => {
    document.title = `${word().title} · Niengiam`;
  }, [language.value]);
  const [byHand, setByHand] = useState(false);
  const refresh = () => {
    forget();
    retry();
  };
  const again = () => {
    setByHand(true); // what the page asks by itself is not told
    refresh();
  };
  const running = useProgress(() => {
    setByHand(false);
    refresh();
  });
  if (fault && !value) return <FaultMessage whole fault={fault} retry={again} />;
  if (!value) return <section class="waiting"><Live text={common().loading} /></section>;
  // Each of the two lists may be refused for itself.
  const { jobs: listed, restatements: decisions, releaseManagement } = value.value;
  const told = listed !== null && decisions !== null;
  const jobs = listed ?? [];
  const restatements = decisions ?? [];
  const held = restatements.filter((r) => r.state === "HELD");
  const rejected = jobs.filter((job) => (job.lastRun?.rejected ?? 0) > 0);
  return (
    <div class="jobs" aria-busy={pending}>
      <header class="title">
        <h1>{word().title}</h1>
        {told && jobs.length > 0 && <p class="lead">{word().summary(held.length, rejected.length)}</p>}
        <p class="screen"><button type="button" class="button" onClick={again}>{word().refresh}</button></p>
      </header>
      <Live text={pending && byHand ? common().loading : !told ? "" : word().summary(held.length, rejected.length)} />
      {[value.faults.jobs, value.faults.restatements].map((why, i) => why && <FaultMessage key={i} fault={why} retry={again} />)}
      <Untranslated count={value.value.untranslated} />
      {listed?.length === 0 && <Message title={word().noJobs}><p>{word().noJobsText}</p></Message>}
      {held.length > 0 && <Held key={held.map((r) => r.id).join()} held={held} jobs={jobs} releaseManagement={releaseManagement} done={again} />}
      {rejected.length > 0 && <Rejects key={rejected.map((job) => job.lastRun!.id).join()} jobs={rejected} releaseManagement={releaseManagement} />}
      {jobs.length > 0 && releaseManagement !== "NONE" && <TryOut jobs={jobs} />}
      {jobs.length > 0 && <Sources jobs={jobs} running={running} releaseManagement={releaseManagement} done={again} />}
      {jobs.length > 0 && <Findings jobs={jobs} />}
      {releaseManagement !== "NONE" && <Deliveries />}
      <Decided restatements={restatements.filter((r) => r.state !== "HELD").slice(0, recent)} jobs={jobs} />
    </div>
  );
}

function Decided({ restatements, jobs }: { restatements: readonly Restatement[]; jobs: readonly Job[] }) {
  if (restatements.length === 0) return null;
  return (
    <section aria-labelledby="decided">
      <h2 id="decided">{word().decided}</h2>
      <ul class="decided">
        {restatements.map((r) => (
          <li key={r.id}>
            <strong>{word().number(r.id)}</strong> {titleOf(r.sourceCode, jobs)}: {word().states[r.state]}
            {r.decidedAt && <>, <time dateTime={r.decidedAt}>{moment(r.decidedAt, zoneOf(r.sourceCode, jobs))}</time></>}
            {r.copyingSlip && <>, {word().mended}</>}
            {r.releases.length > 0 && <>, {word().asReleases(r.releases)}</>}
            {(r.decidedBy || r.comment) && <span class="under">{r.decidedBy && `${word().who(r.decidedBy)}: `}{r.comment}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
