// What a headline, a picture and a citation are about, in the words of the answer itself.
import type { DevelopmentQuery } from "../gen/graphql";
import { day } from "../ui/numbers";
import { word } from "./words";

/** Unit and year of a development, with the basis and the day of its question; members are in the words of its figures. */
export function subjectOf(answer: DevelopmentQuery): string {
  const { question, rows } = answer.comparison;
  const row = rows[0];
  if (!row) return "";
  return [
    word().inYear(row.unit.fullName, row.current.year),
    ...(question.basis.date ? [word().onBasis(day(question.basis.date))] : []),
    ...(question.asOf ? [word().asOfNote(day(question.asOf))] : []),
  ].join(" · ");
}
