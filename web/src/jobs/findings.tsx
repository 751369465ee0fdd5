// What loads found beside the figures: where sources do not agree and which number was taken,
// what checks found, and which numbers their sources do not print but derived.
import { useState } from "preact/hooks";

import { useAnswer } from "../api";
import { FindingsDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage } from "../ui/message";
import { Checked, isChecked, type Finding } from "./checked";
import { titleOf, type Job } from "./job";
import { Place } from "./place";
import { word } from "./words";

/** How many findings of a source are shown at first. */
const pageSize = 10;

/** The findings of each source that has some; nothing where none has. */
export function Findings({ jobs }: { jobs: readonly Job[] }) {
  const { value, fault, retry } = useAnswer(FindingsDocument, { language: language.value });
  if (fault) return <FaultMessage fault={fault} retry={retry} />;
  const of = (kind: "checks" | "derived" | "findings") => (value?.jobs ?? []).flatMap(({ sourceCode, findings }) => {
    const some = findings.filter((f) => (isChecked(f) ? "checks" : f.code === "DERIVED" ? "derived" : "findings") === kind);
    return some.length > 0 ? [{ source: sourceCode, findings: some }] : [];
  });
  const part = (id: string, title: (count: number) => string, text: string, found: ReturnType<typeof of>) => found.length > 0 && (
    <section aria-labelledby={id}>
      <h2 id={id}>{title(found.reduce((sum, { findings }) => sum + findings.length, 0))}</h2>
      <p class="why">{text}</p>
      {found.map(({ source, findings }) => <OfSource key={source} title={titleOf(source, jobs)} findings={findings} />)}
    </section>
  );
  return (
    <>
      {part("checks", word().checks, word().checksText, of("checks"))}
      {part("findings", word().findings, word().findingsText, of("findings"))}
      {part("derived", word().derived, word().derivedText, of("derived"))}
    </>
  );
}

function OfSource({ title, findings }: { title: string; findings: readonly Finding[] }) {
  const [all, show] = useState(false);
  const shown = all ? findings : findings.slice(0, pageSize);
  return (
    <article class="findings">
      <h3>{title}</h3>
      <ul>
        {shown.map((f, i) => isChecked(f) ? <Checked key={i} finding={f} /> : (
          <li key={i}>
            {f.text}
            {f.usedCitation && <span class="under">{f.code === "DERIVED" ? word().printed : word().taken}: {f.usedCitation}</span>}
            <span class="under">{f.code === "DERIVED" ? word().place : word().notTaken}: {f.otherCitation && `${f.otherCitation}; `}<Place place={f.place} /></span>
          </li>
        ))}
      </ul>
      {shown.length < findings.length && <p><button type="button" class="button screen" onClick={() => show(true)}>{word().moreFindings(findings.length - shown.length)}</button></p>}
    </article>
  );
}
