// How the sources were loaded: what is held and why, which rows were not taken.
import { useEffect } from "preact/hooks";

import { forget, useParts } from "../api";
import { JobsDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live, Message, Untranslated } from "../ui/message";
import { moment, whole } from "../ui/numbers";
import { word as common } from "../words";
import { Deliveries } from "./deliveries";
import { Findings } from "./findings";
import { Held } from "./held";
import { suppressed, titleOf, type Job, type Restatement } from "./job";
import { Rejects } from "./rejects";
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
  const again = () => {
    forget();
    retry();
  };
  if (fault) return <FaultMessage whole fault={fault} retry={again} />;
  if (!value) return <section class="waiting"><Live text={common().loading} /></section>;
  // Each of the two lists may be refused for itself.
  const { jobs: asked, restatements: decisions, releaseManagement } = value.value;
  const told = asked !== null && decisions !== null;
  const jobs = asked ?? [];
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
      <Live text={pending ? common().loading : !told ? "" : word().summary(held.length, rejected.length)} />
      {[value.faults.jobs, value.faults.restatements].map((why, i) => why && <FaultMessage key={i} fault={why} retry={again} />)}
      <Untranslated count={value.value.untranslated} />
      {asked?.length === 0 && <Message title={word().noJobs}><p>{word().noJobsText}</p></Message>}
      {held.length > 0 && <Held key={held.map((r) => r.id).join()} held={held} jobs={jobs} releaseManagement={releaseManagement} done={again} />}
      {rejected.length > 0 && <Rejects key={rejected.map((job) => job.lastRun!.id).join()} jobs={rejected} releaseManagement={releaseManagement} />}
      {jobs.length > 0 && releaseManagement !== "NONE" && <TryOut jobs={jobs} />}
      {jobs.length > 0 && <Sources jobs={jobs} />}
      {jobs.length > 0 && <Findings jobs={jobs} />}
      {releaseManagement !== "NONE" && <Deliveries />}
      <Decided restatements={restatements.filter((r) => r.state !== "HELD").slice(0, recent)} jobs={jobs} />
    </div>
  );
}

function Sources({ jobs }: { jobs: readonly Job[] }) {
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{word().sources(jobs.length)}</h2>
      <table class="list stacked" aria-labelledby="sources">
        <thead>
          <tr>
            <th scope="col">{word().source}</th>
            <th scope="col">{word().last}</th>
            <th scope="col">{word().outcome}</th>
            <th scope="col" class="count">{word().read}</th>
            <th scope="col" class="count">{word().rejectedRows}</th>
            <th scope="col" class="count">{word().published}</th>
            <th scope="col">{word().next}</th>
          </tr>
        </thead>
        <tbody>{jobs.map((job) => <Source key={job.sourceCode} job={job} />)}</tbody>
      </table>
    </section>
  );
}

function Source({ job }: { job: Job }) {
  const run = job.lastRun;
  return (
    <tr>
      <th scope="row">
        {job.title}
        <span class="under">{job.publisher} · <code>{job.sourceCode}</code></span>
      </th>
      <td data-label={word().last}>{run ? <><time dateTime={run.startedAt}>{moment(run.startedAt)}</time>{run.actor && <span class="under">{word().who(run.actor)}</span>}{run.late && run.dueAt && <span class="under">{word().late(moment(run.dueAt, job.timeZone))}</span>}</> : word().never}</td>
      <td data-label={word().outcome}>
        {run ? <Outcome outcome={run.outcome} /> : <span class="faint">–</span>}
        {job.waitingSince && <span class="under">{word().waits(moment(job.waitingSince))}</span>}
        {run?.error && <span class="under error">{run.error === suppressed ? word().withheld : run.error}</span>}
      </td>
      <td data-label={word().read} class="count number">{run ? whole(run.read) : "–"}</td>
      <td data-label={word().rejectedRows} class={run && run.rejected > 0 ? "count number warn" : "count number"}>{run ? whole(run.rejected) : "–"}</td>
      <td data-label={word().published} class="count number">{run ? whole(run.added) : "–"}</td>
      <td data-label={word().next}>
        {job.next ? <time dateTime={job.next}>{moment(job.next, job.timeZone)}</time> : <span class="faint">{job.schedule ? word().unknownNext : word().byHand}</span>}
        {job.schedule && <span class="under"><code>{job.schedule}</code> {job.timeZone}</span>}
      </td>
    </tr>
  );
}

function Outcome({ outcome }: { outcome: string }) {
  return <span class={`outcome ${outcome}`}>{word().outcomes[outcome as keyof ReturnType<typeof word>["outcomes"]] ?? outcome}</span>;
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
            {r.decidedAt && <>, <time dateTime={r.decidedAt}>{moment(r.decidedAt)}</time></>}
            {r.copyingSlip && <>, {word().mended}</>}
            {r.releases.length > 0 && <>, {word().asReleases(r.releases)}</>}
            {(r.decidedBy || r.comment) && <span class="under">{r.decidedBy && `${word().who(r.decidedBy)}: `}{r.comment}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
