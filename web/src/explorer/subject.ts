// What a headline, a picture and a citation are about, in the words of the answer itself.
import type { DevelopmentQuery, Status } from "../gen/graphql";
import { day } from "../ui/numbers";
import { word } from "./words";

/** The answer about the unit in focus. */
export type Comparison = NonNullable<DevelopmentQuery["comparison"]>;

/** Unit and year of a comparison, with the basis and the day of its question; members are in the words of its figures. */
export function subjectOf({ question, rows }: Comparison): string {
  const row = rows[0];
  if (!row) return "";
  return [
    word().inYear(row.unit.fullName, row.current.year),
    ...(question.basis.date ? [word().onBasis(day(question.basis.date))] : []),
    ...(question.asOf ? [word().asOfNote(day(question.asOf))] : []),
  ].join(" · ");
}

/** The publication that the figure of the year asked is from, or the base's where that year has none. */
export function publicationOf(row: Row) {
  const release = row.current.release ?? row.base.release;
  if (!release) return undefined;
  return { publisher: release.source?.publisher ?? release.sourceCode, title: release.source?.title ?? release.sourceCode, on: day(release.published) };
}

/** States that need no mark: the text of a figure says itself that there is none. */
const plain: readonly Status[] = ["A", "M"];

/** The word for the status of a figure; "" where it needs none. */
export const markOf = (status: Status) => (plain.includes(status) ? "" : word().statuses[status]);

type Row = Comparison["rows"][number];

/** The figure of the year asked as it may be quoted: a provisional one says so. */
export function quoted({ current }: Row): string {
  const mark = markOf(current.status);
  return mark ? `${current.text} (${mark})` : current.text;
}

/** The figure and its change, each with what is to be said of its status. */
export function quotedChange(row: Row): string {
  const mark = markOf(row.base.status);
  return `${quoted(row)}, ${row.change.text}${mark && ` (${word().yearIs(row.base.year, mark)})`}`;
}
