// The sources: when each was loaded last and is loaded next, how far its load is, and what one can do.
import { useState } from "preact/hooks";

import { ask } from "../api";
import { PauseDocument, ResumeDocument, StartDocument, type JobsQuery } from "../gen/graphql";
import { FaultMessage } from "../ui/message";
import { moment, whole } from "../ui/numbers";
import { History } from "./history";
import { suppressed, type Job } from "./job";
import type { Progress } from "./live";
import { Outcome } from "./outcome";
import { word } from "./words";

/** The table of all sources. */
export function Sources({ jobs, running, releaseManagement, done }: {
  jobs: readonly Job[];
  running: { readonly [source: string]: Progress };
  releaseManagement: JobsQuery["releaseManagement"];
  done: () => void;
}) {
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{word().sources(jobs.length)}</h2>
      <p class="why">{word().clock([...new Set(jobs.map((job) => job.timeZone))])}</p>
      <table class="list stacked sources" aria-labelledby="sources">
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
        <tbody>
          {jobs.map((job) => (
            <Source key={job.sourceCode} job={job} progress={running[job.sourceCode]} may={releaseManagement === "DECIDE"} done={done} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Source({ job, progress, may, done }: { job: Job; progress: Progress | undefined; may: boolean; done: () => void }) {
  const run = job.lastRun;
  const [shown, show] = useState<"history" | "control">();
  const toggle = (what: "history" | "control") => () => show(shown === what ? undefined : what);
  return (
    <>
      <tr class={shown ? "opened" : undefined}>
        <th scope="row">
          {job.title}
          <span class="under">{job.publisher} · <code>{job.sourceCode}</code></span>
          <span class="screen opens">
            {run && <button type="button" class="link" aria-expanded={shown === "history"} onClick={toggle("history")}>{word().history}</button>}
            {may && <button type="button" class="link" aria-expanded={shown === "control"} onClick={toggle("control")}>{word().control}</button>}
          </span>
        </th>
        <td data-label={word().last}>{run ? <><time dateTime={run.startedAt}>{moment(run.startedAt, job.timeZone)}</time>{run.actor && <span class="under">{word().who(run.actor)}</span>}{run.late && run.dueAt && <span class="under">{word().late(moment(run.dueAt, job.timeZone))}</span>}</> : word().never}</td>
        <td data-label={word().outcome}>
          {progress ? <Bar progress={progress} /> : run ? <Outcome outcome={run.outcome} /> : <span class="faint">–</span>}
          {!progress && run?.endedAt && <span class="under">{word().took(run.seconds)}</span>}
          {job.waitingSince && <span class="under">{word().waits(moment(job.waitingSince, job.timeZone))}</span>}
          {run?.error && <span class="under error">{run.error === suppressed ? word().withheld : run.error}</span>}
        </td>
        <td data-label={word().read} class="count number">{run ? whole(run.read) : "–"}</td>
        <td data-label={word().rejectedRows} class={run && run.rejected > 0 ? "count number warn" : "count number"}>{run ? whole(run.rejected) : "–"}</td>
        <td data-label={word().published} class="count number">{run ? whole(run.added) : "–"}</td>
        <td data-label={word().next}>
          {job.paused ? <span class="outcome held">{word().paused}</span> : job.next ? <time dateTime={job.next}>{moment(job.next, job.timeZone)}</time> : !job.scheduleText && <span class="faint">{word().byHand}</span>}
          {job.paused && <span class="under">{word().pausedBy(moment(job.paused.since, job.timeZone), job.paused.actor, job.paused.comment)}</span>}
          {job.scheduleText && <span class="under schedule">{job.scheduleText}</span>}
          {job.schedule && <span class="under"><code>{job.schedule}</code> {job.timeZone}</span>}
        </td>
      </tr>
      {shown && (
        <tr class="more">
          <td colSpan={7}>{shown === "history" ? <History source={job.sourceCode} title={job.title} timeZone={job.timeZone} /> : <Control job={job} running={!!progress} done={done} />}</td>
        </tr>
      )}
    </>
  );
}

/** How far a load is: the stages, and within one what is done. */
function Bar({ progress }: { progress: Progress }) {
  const { stage, step, steps, done, total, rows, rejects, rate } = progress;
  const name = word().stages[stage as keyof ReturnType<typeof word>["stages"]] ?? stage;
  return (
    <span class="running" role="status">
      <progress aria-label={name} max={steps} value={Math.max(step - 1, 0) + (total > 0 ? Math.min(done / total, 1) : 0)} />
      <span>{name}</span>
      {rows > 0 && <span class="under">{word().rowsSoFar(rows, rejects, Math.round(rate))}</span>}
    </span>
  );
}

/** What one can do with a source: load it now, pause its schedule. */
function Control({ job, running, done }: { job: Job; running: boolean; done: () => void }) {
  const [actor, setActor] = useState("");
  const [comment, setComment] = useState("");
  const [state, set] = useState<{ busy?: boolean; fault?: Error; told?: string }>({});
  const id = job.sourceCode;
  const act = (what: () => Promise<unknown>, told: string) => async (event: { currentTarget: HTMLButtonElement }) => {
    if (!event.currentTarget.form!.reportValidity()) return;
    set({ busy: true });
    try {
      await what();
      set({ told });
      done();
    } catch (fault) {
      set({ fault: fault as Error });
    }
  };
  return (
    <form class="control screen" onSubmit={(event) => event.preventDefault()}>
      <label class="field"><span>{word().yourName}</span><input required autocomplete="name" value={actor} onInput={(e) => setActor(e.currentTarget.value)} /></label>
      {job.scheduleText && <label class="field reason"><span>{word().reasonToPause}</span><input autocomplete="off" value={comment} onInput={(e) => setComment(e.currentTarget.value)} /></label>}
      <button type="button" class="button" disabled={state.busy || running} onClick={act(() => ask(StartDocument, { id, actor }), word().started)}>{word().loadNow}</button>
      {job.scheduleText && !job.paused && <button type="button" class="button" disabled={state.busy} onClick={act(() => ask(PauseDocument, { id, actor, comment }), word().paused)}>{word().pause}</button>}
      {job.paused && <button type="button" class="button" disabled={state.busy} onClick={act(() => ask(ResumeDocument, { id, actor, comment }), word().resumed)}>{word().resume}</button>}
      {state.told && <span class="told" role="status">{state.told}</span>}
      {state.fault && <FaultMessage fault={state.fault} retry={() => set({})} />}
    </form>
  );
}
