// The rows that the last loads did not take: where, what, why, and what may have been meant.
import { useAnswer } from "../api";
import { RejectsDocument, type JobsQuery, type RejectsQuery } from "../gen/graphql";
import { language } from "../language";
import { Copy } from "../ui/copy";
import { FaultMessage, Live } from "../ui/message";
import { word as common } from "../words";
import { suppressed, titleOf, type Job } from "./job";
import { Place } from "./place";
import { word } from "./words";

type Reject = NonNullable<NonNullable<RejectsQuery["jobs"]>[number]["lastRun"]>["rejects"]["nodes"][number];

/** How many rows of a source are shown. */
const pageSize = 100;

/** The rejects of the last run of each of the sources that have some. */
export function Rejects({ jobs, releaseManagement }: { jobs: readonly Job[]; releaseManagement: JobsQuery["releaseManagement"] }) {
  const { value, fault, retry } = useAnswer(RejectsDocument, { language: language.value, first: pageSize });
  return (
    <section aria-labelledby="rejects">
      <h2 id="rejects">{word().rejects}</h2>
      <p class="why">{word().rejectsText}</p>
      {fault && <FaultMessage fault={fault} retry={retry} />}
      {!value && !fault && <Live text={common().loading} />}
      {value?.jobs.map(({ sourceCode: source, lastRun }) => lastRun && lastRun.rejects.totalCount > 0 && (
        <article class="rejects" key={source} aria-labelledby={`rejects-${source}`}>
          <h3 id={`rejects-${source}`}>{titleOf(source, jobs)}</h3>
          {lastRun.rejects.nodes.length > 0 && <RejectedRows rejects={lastRun.rejects.nodes} label={`rejects-${source}`} />}
          <p class="faint">{word().mendCommand}</p>
          <Copy text={`niengiam rejects ${source}`} />
          {lastRun.rejects.totalCount > lastRun.rejects.nodes.length && (
            <>
              <p>{releaseManagement === "NONE" ? word().closedRows(lastRun.rejects.totalCount) : word().moreRows(lastRun.rejects.totalCount - lastRun.rejects.nodes.length)}</p>
              <Copy text={`niengiam sql "SELECT * FROM reject WHERE run = '${lastRun.examiner}' OR release IN (SELECT arrayJoin(releases) FROM run WHERE id = '${lastRun.examiner}')"`} />
            </>
          )}
        </article>
      ))}
    </section>
  );
}

/** Rejected rows: where, what, why, and what to do. */
export function RejectedRows({ rejects, label }: { rejects: readonly Reject[]; label: string }) {
  return (
    <table class="list stacked" aria-labelledby={label}>
      <thead>
        <tr>
          <th scope="col">{word().place}</th>
          <th scope="col">{word().value}</th>
          <th scope="col">{word().reason}</th>
          <th scope="col">{word().todo}</th>
        </tr>
      </thead>
      <tbody>
        {rejects.map((r, i) => (
          <tr key={i}>
            <th scope="row"><Place place={r.place} /></th>
            <td data-label={word().value}><Written value={r.value} /></td>
            <td data-label={word().reason}>
              {r.reasonText}
              {r.detail && <span class="under">{r.detail}</span>}
              <span class="under code">{r.reason}</span>
            </td>
            <td data-label={word().todo}>{r.remedy}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stands in the file. */
function Written({ value }: { value: string }) {
  if (value === "") return <span class="faint">{word().blank}</span>;
  return value === suppressed ? <span class="faint">{word().withheld}</span> : <code>{value}</code>;
}
