// What is held: what it would change, cell by cell, and what one can do about it.
import { useState } from "preact/hooks";

import { ask, useAnswer } from "../api";
import { ApproveDocument, DifferencesDocument, RefuseDocument, type DifferencesQuery, type JobsQuery } from "../gen/graphql";
import { language } from "../language";
import { Copy } from "../ui/copy";
import { FaultMessage, Live } from "../ui/message";
import { asReported, moment } from "../ui/numbers";
import { word as common } from "../words";
import { Checked, isChecked, type Finding } from "./checked";
import { titleOf, zoneOf, type Job, type Restatement } from "./job";
import { Place } from "./place";
import { word } from "./words";

type Difference = NonNullable<DifferencesQuery["restatements"]>[number]["differences"]["nodes"][number];

/** How many differences are asked for at first. */
const pageSize = 100;

/** The restatements that wait for a decision. */
export function Held({ held, jobs, releaseManagement, done }: { held: readonly Restatement[]; jobs: readonly Job[]; releaseManagement: JobsQuery["releaseManagement"]; done: () => void }) {
  const [size, grow] = useState(pageSize);
  // What is held belongs to the question: when it changes, it is asked anew.
  const { value, fault, pending, retry } = useAnswer(DifferencesDocument, releaseManagement === "NONE" ? null : { language: language.value, first: Math.min(size, 1000) });
  return (
    <section aria-labelledby="held">
      <h2 id="held">{word().held(held.length)}</h2>
      <p class="why">{word().why}</p>
      {fault && <FaultMessage fault={fault} retry={retry} />}
      {held.map((r) => {
        const asked = value?.restatements.find((other) => other.id === r.id);
        const found = asked?.differences;
        return (
          <article class="held" key={r.id} aria-labelledby={`held-${r.id}`}>
            <header>
              <h3 id={`held-${r.id}`}>{titleOf(r.sourceCode, jobs)}</h3>
              <p class="says">{word().would(r.revised, r.added)}</p>
              <p class="faint">
                {word().number(r.id)} · {word().since} <time dateTime={r.heldSince}>{moment(r.heldSince, zoneOf(r.sourceCode, jobs))}</time> {r.actor && <>· {word().loadedBy(word().who(r.actor))} </>}· {r.files.map((f) => <code key={f.path}>{f.path}</code>)}
              </p>
            </header>
            {releaseManagement === "NONE" && (
              <div class="closed">
                <p>{word().closed}</p>
                <Copy text={`niengiam restatements ${r.id}`} />
              </div>
            )}
            {releaseManagement !== "NONE" && !found && !fault && <Live text={common().loading} />}
            {asked && <Reasons found={asked.findings.filter(isChecked)} />}
            {found && <Differences nodes={found.nodes} />}
            {found && found.totalCount > found.nodes.length && (
              <p>
                {word().more(found.totalCount - found.nodes.length)}{" "}
                {size < 1000 ? <button type="button" class="button screen" disabled={pending} onClick={() => grow(size * 10)}>{word().showMore}</button> : <Copy text={`niengiam restatements ${r.id}`} />}
              </p>
            )}
            <Decision restatement={r} may={releaseManagement === "DECIDE"} done={done} />
          </article>
        );
      })}
    </section>
  );
}

/** What checks found in a load that is held, the most severe first. */
function Reasons({ found }: { found: readonly Finding[] }) {
  const [all, show] = useState(false);
  if (found.length === 0) return null;
  const shown = all ? found : found.slice(0, 10);
  return (
    <div class="findings">
      <h4>{word().checksHeld(found.length)}</h4>
      <ul>{shown.map((f, i) => <Checked key={i} finding={f} />)}</ul>
      {shown.length < found.length && <p><button type="button" class="button screen" onClick={() => show(true)}>{word().moreFindings(found.length - shown.length)}</button></p>}
    </div>
  );
}

function Differences({ nodes }: { nodes: readonly Difference[] }) {
  return (
    <table class="list stacked differences">
      <caption class="hidden">{word().differences}</caption>
      <thead>
        <tr>
          <th scope="col">{word().figure}</th>
          <th scope="col" class="count">{word().readersSee}</th>
          <th scope="col" class="count">{word().fileSays}</th>
          <th scope="col">{word().place}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((d, i) => (
          <tr key={i} class={d.oldStatus === null ? "added" : "revised"}>
            <th scope="row">
              {d.indicatorName}
              <span class="under">{[d.unitName || d.unitCode, ...d.breakdown.flatMap((b) => b.members.map((m) => m.name)), word().inYear(d.year)].join(" · ")}</span>
            </th>
            <td data-label={word().readersSee} class="count number old">{written(d.oldStatus, d.old, d.oldDenominator)}</td>
            <td data-label={word().fileSays} class="count number new">{written(d.newStatus, d.new, d.newDenominator)}</td>
            <td data-label={word().place}>
              <Place place={d.place} />
              {d.note && <span class="under">{d.note}</span>}
              {d.citation && <span class="under cited">{d.citation}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A figure as its file has it, with its denominator and a status that is not the normal one. */
export function written(status: string | null | undefined, value: string | null | undefined, denominator: string | null | undefined) {
  if (!status) return <span class="faint">{word().nothing}</span>;
  // A known figure without a number is one that callers without the right are not told.
  const none = status === "M" || status === "C" ? word().statuses[status] : word().withheld;
  const text = value === null || value === undefined ? none : asReported(value) + (denominator ? `/${asReported(denominator)}` : "");
  return (
    <>
      {text}
      {value && status !== "A" && <span class="under">{word().statuses[status as "M"]}</span>}
    </>
  );
}

function Decision({ restatement, may, done }: { restatement: Restatement; may: boolean; done: () => void }) {
  const [actor, setActor] = useState("");
  const [comment, setComment] = useState("");
  const [copyingSlip, setSlip] = useState(false);
  const [state, set] = useState<{ busy?: boolean; fault?: Error }>({});
  const { id, corrections } = restatement;
  const decide = async (approve: boolean) => {
    set({ busy: true });
    try {
      await (approve ? ask(ApproveDocument, { id, actor, comment, copyingSlip }) : ask(RefuseDocument, { id, actor, comment }));
      done();
    } catch (fault) {
      set({ fault: fault as Error });
    }
  };
  return (
    <div class="decision">
      <h4>{word().decide}</h4>
      <p>{word().decideText}</p>
      {corrections > 0 && <p>{word().corrects(corrections)}</p>}
      {may && (
        <form class="screen" onSubmit={(event) => event.preventDefault()}>
          <label class="field"><span>{word().yourName}</span><input required autocomplete="name" value={actor} onInput={(e) => setActor(e.currentTarget.value)} /></label>
          <label class="field reason"><span>{word().reason}</span><input required autocomplete="off" value={comment} onInput={(e) => setComment(e.currentTarget.value)} /></label>
          {corrections > 0 && (
            <label class="slip"><input type="checkbox" checked={copyingSlip} onChange={(e) => setSlip(e.currentTarget.checked)} /> <span>{word().copyingSlip}</span></label>
          )}
          <button type="submit" class="button" disabled={state.busy} onClick={(e) => e.currentTarget.form!.reportValidity() && void decide(true)}>{word().approve}</button>
          <button type="submit" class="button" disabled={state.busy} onClick={(e) => e.currentTarget.form!.reportValidity() && void decide(false)}>{word().refuse}</button>
        </form>
      )}
      {state.fault && <FaultMessage fault={state.fault} retry={() => set({})} />}
      <p class="faint">{may ? word().orCommand : word().byCommand}</p>
      <Copy text={`niengiam approve ${id} --actor ${quoted(actor || word().nameHere)} --comment ${quoted(comment || word().reasonHere)}${copyingSlip ? " --copying-slip" : ""}`} />
      <Copy text={`niengiam refuse ${id} --actor ${quoted(actor || word().nameHere)} --comment ${quoted(comment || word().reasonHere)}`} />
    </div>
  );
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
