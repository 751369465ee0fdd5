// What a headline, a picture and a citation are about, in the words of the answer itself.
import type { DevelopmentQuery, PublicationFragment, Status } from "../gen/graphql";
import { day } from "../ui/numbers";
import { word } from "./words";

type Comparison = NonNullable<DevelopmentQuery["comparison"]>;
type Row = Comparison["rows"][number];

/** What is told of the unit in focus: its figure, and its change where there is a base year. */
export interface Told {
  unit: Row["unit"];
  current: Row["current"];
  base?: Row["base"];
  change?: Row["change"];
  question: Comparison["question"];
  dataVersion: string;
  notes: Comparison["notes"];
}

/** What the answers tell of the unit in focus; undefined where they were refused. */
export function toldOf({ comparison, figure, series }: Partial<DevelopmentQuery>): Told | undefined {
  const row = comparison?.rows[0];
  if (comparison && row) return { ...row, question: comparison.question, dataVersion: comparison.dataVersion, notes: comparison.notes };
  if (!figure || !series) return undefined;
  return { unit: figure.unit, current: figure, question: series.question, dataVersion: series.dataVersion, notes: [] };
}

/** Unit and year of what is told, with the basis and the day of its question; members are in the words of its figures. */
export function subjectOf({ unit, current, question }: Told): string {
  return [
    word().inYear(unit.fullName, current.year),
    ...(question.basis.date ? [word().onBasis(day(question.basis.date))] : []),
    ...(question.asOf ? [word().asOfNote(day(question.asOf))] : []),
  ].join(" · ");
}

/** The publication that the figure of the year asked is from, or the base's where that year has none. */
export function publicationOf({ current, base }: Told) {
  return sourceOf(current.release ?? base?.release);
}

/** Who published a release, under which title and when. */
export function sourceOf(release: PublicationFragment | null | undefined) {
  if (!release) return undefined;
  return { publisher: release.source?.publisher ?? release.sourceCode, title: release.source?.title ?? release.sourceCode, on: day(release.published) };
}

/** States that need no mark: the text of a figure says itself that there is none. */
const plain: readonly Status[] = ["A", "M"];

/** The word for the status of a figure; "" where it needs none. */
export const markOf = (status: Status) => (plain.includes(status) ? "" : word().statuses[status]);

/** The figure of the year asked as it may be quoted: a provisional one says so. */
export function quoted({ current }: Told): string {
  const mark = markOf(current.status);
  return mark ? `${current.text} (${mark})` : current.text;
}

/** The figure and its change, each with what is to be said of its status. */
export function quotedChange(told: Told): string {
  const { base, change } = told;
  if (!base || !change) return quoted(told);
  const mark = markOf(base.status);
  return `${quoted(told)}, ${change.text}${mark && ` (${word().yearIs(base.year, mark)})`}`;
}
