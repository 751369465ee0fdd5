// What a check found: in words, the cell as it stands in the file, the rule, and what to do.
import type { FindingsQuery } from "../gen/graphql";
import { Place } from "./place";
import { word } from "./words";

export type Finding = NonNullable<FindingsQuery["jobs"]>[number]["findings"][number];

/** Whether a check found it, and not a source that says so itself. */
export function isChecked({ rule }: Finding): boolean {
  return rule !== "";
}

/** One finding of a check, as an item of a list. */
export function Checked({ finding: { text, severity, rule, value, reasonText, remedy, place } }: { finding: Finding }) {
  return (
    <li class="checked">
      {text}
      {place.line > 0
        ? <span class="under">{word().cell}: {value && <><code>{value}</code>; </>}<Place place={place} /></span>
        : <span class="under">{word().place}: <code>{place.file}</code></span>}
      <span class="under">{word().rule}: <code>{rule}</code> ({word().severities[severity]}): {reasonText}</span>
      <span class="under">{word().todo}: {remedy}</span>
    </li>
  );
}
