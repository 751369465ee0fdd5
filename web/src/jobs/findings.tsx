// What loads found beside the figures: where sources do not agree, and which number was taken.
import { useState } from "preact/hooks";

import { useAnswer } from "../api";
import { FindingsDocument, type FindingsQuery } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage } from "../ui/message";
import { titleOf, type Job } from "./job";
import { Place } from "./place";
import { word } from "./words";

type Finding = NonNullable<FindingsQuery["jobs"]>[number]["findings"][number];

/** How many findings of a source are shown at first. */
const pageSize = 10;

/** The findings of each source that has some; nothing where none has. */
export function Findings({ jobs }: { jobs: readonly Job[] }) {
  const { value, fault, retry } = useAnswer(FindingsDocument, { language: language.value });
  if (fault) return <FaultMessage fault={fault} retry={retry} />;
  const found = value?.jobs.filter(({ findings }) => findings.length > 0) ?? [];
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{word().findings(found.reduce((sum, { findings }) => sum + findings.length, 0))}</h2>
      <p class="why">{word().findingsText}</p>
      {found.map(({ sourceCode: source, findings }) => <OfSource key={source} title={titleOf(source, jobs)} findings={findings} />)}
    </section>
  );
}

function OfSource({ title, findings }: { title: string; findings: readonly Finding[] }) {
  const [all, show] = useState(false);
  const shown = all ? findings : findings.slice(0, pageSize);
  return (
    <article class="findings">
      <h3>{title}</h3>
      <ul>
        {shown.map((f, i) => (
          <li key={i}>
            {f.text}
            {f.usedCitation && <span class="under">{word().taken}: {f.usedCitation}</span>}
            <span class="under">{word().notTaken}: {f.otherCitation && `${f.otherCitation}; `}<Place place={f.place} /></span>
          </li>
        ))}
      </ul>
      {shown.length < findings.length && <p><button type="button" class="button screen" onClick={() => show(true)}>{word().moreFindings(findings.length - shown.length)}</button></p>}
    </article>
  );
}
