// The loads of one source, the latest first, and the next times at which it is loaded.
import { useAnswer } from "../api";
import { HistoryDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live } from "../ui/message";
import { moment, whole } from "../ui/numbers";
import { word as common } from "../words";
import { suppressed } from "./job";
import { Outcome } from "./outcome";
import { word } from "./words";

/** How many loads are listed. */
const listed = 10;

/** The history of one source. All sources are read at once: the next one is there at once. */
export function History({ source, title, timeZone }: { source: string; title: string; timeZone: string }) {
  const { value, fault, retry } = useAnswer(HistoryDocument, { language: language.value, first: listed });
  if (fault) return <FaultMessage fault={fault} retry={retry} />;
  const job = value?.jobs.find((other) => other.sourceCode === source);
  if (!job?.runs) return <Live text={common().loading} />;
  return (
    <div class="history">
      <table class="list stacked">
        <caption class="hidden">{`${word().history}: ${title}`}</caption>
        <thead>
          <tr>
            <th scope="col">{word().startedAt}</th>
            <th scope="col">{word().duration}</th>
            <th scope="col">{word().outcome}</th>
            <th scope="col" class="count">{word().read}</th>
            <th scope="col" class="count">{word().rejectedRows}</th>
            <th scope="col" class="count">{word().published}</th>
          </tr>
        </thead>
        <tbody>
          {job.runs.nodes.map((run) => (
            <tr key={run.id}>
              <td data-label={word().startedAt}>
                <time dateTime={run.startedAt}>{moment(run.startedAt, timeZone)}</time>
                <span class="under">{[run.actor && word().who(run.actor), run.years && word().ofYears(run.years), run.late && run.dueAt && word().late(moment(run.dueAt, timeZone))].filter(Boolean).join(" · ")}</span>
              </td>
              <td data-label={word().duration}>{run.endedAt ? word().seconds(run.seconds) : "–"}</td>
              <td data-label={word().outcome}><Outcome outcome={run.outcome} />{run.error && <span class="under error">{run.error === suppressed ? word().withheld : run.error}</span>}</td>
              <td data-label={word().read} class="count number">{whole(run.read)}</td>
              <td data-label={word().rejectedRows} class="count number">{whole(run.rejected)}</td>
              <td data-label={word().published} class="count number">{whole(run.added)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {job.runs.totalCount > job.runs.nodes.length && <p class="faint">{word().moreRuns(job.runs.totalCount - job.runs.nodes.length, source)}</p>}
      {job.nextTimes && job.nextTimes.length > 0 && <p>{word().nextTimes} {job.nextTimes.map((at) => <time key={at} dateTime={at}>{moment(at, timeZone)}</time>)}</p>}
    </div>
  );
}
