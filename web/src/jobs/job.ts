// A source's job and the restatements of its figures, as the API gives them.
import type { JobsQuery } from "../gen/graphql";

export type Job = NonNullable<JobsQuery["jobs"]>[number];
export type Restatement = NonNullable<JobsQuery["restatements"]>[number];

/** What stands in place of a text that the caller may not see. */
export const suppressed = "SUPPRESSED";

/** The title of a source, its code when the workspace has it no more. */
export function titleOf(source: string, jobs: readonly Job[]): string {
  return jobs.find((job) => job.sourceCode === source)?.title ?? source;
}

/** The time zone in which the times of a source are told; when the workspace has it no more that of the others. */
export function zoneOf(source: string, jobs: readonly Job[]): string {
  return (jobs.find((job) => job.sourceCode === source) ?? jobs[0])?.timeZone ?? "UTC";
}
