// A figure that can be asked where it comes from, and the answer.
import { useState } from "preact/hooks";

import { go, query } from "../address";
import { useAnswer } from "../api";
import { ProvenanceDocument, type ProvenanceQuery, type Status } from "../gen/graphql";
import { language } from "../language";
import { Dialog } from "../ui/dialog";
import { FaultMessage, Live } from "../ui/message";
import { asReported, day } from "../ui/numbers";
import { word as common } from "../words";
import { markOf } from "./subject";
import { word } from "./words";

/** How many observations are asked for at a time. */
const pageSize = 50;

/** The text of a figure; a press asks where it comes from. In lists its status is one letter.
 * Why there is none may be longer than its place: a mark may stand for it, which the list explains. */
export function FigureButton({ id, text, mark: instead, status, brief = false }: { id: string; text: string; mark?: string | undefined; status?: Status; brief?: boolean }) {
  const mark = status ? markOf(status) : "";
  return (
    <>
      <button type="button" class="figure number" onClick={() => go({ figure: id })} title={status === "M" || status === "C" ? text : word().source} aria-label={word().sourceOf(text)}>{instead ?? text}</button>
      {mark && (brief ? <abbr title={mark}>{status?.toLowerCase()}</abbr> : <span class="status">{mark}</span>)}
    </>
  );
}

/** What the letters beside the figures of a list mean. */
export function Letters({ statuses }: { statuses: Iterable<Status> }) {
  const marked = [...new Set(statuses)].filter(markOf);
  return marked.length > 0 ? <p class="faint letters">{marked.map((status) => `${status.toLowerCase()}: ${markOf(status)}`).join(" · ")}</p> : null;
}

/** The dialog about the figure that the address names, if it names one. */
export function Provenance() {
  const figure = query.value.get("figure");
  return figure ? <Behind key={figure} figure={figure} /> : null;
}

function Behind({ figure }: { figure: string }) {
  const [size, grow] = useState(pageSize);
  const { value, fault, pending, retry } = useAnswer(ProvenanceDocument, { language: language.value, figure, first: Math.min(size, 1000) });
  const found = value?.provenance;
  return (
    <Dialog title={word().provenance} close={() => go({ figure: undefined })}>
      <div class="provenance" tabIndex={0}>
        <Live text={pending ? common().loading : ""} />
        {fault && <FaultMessage fault={fault} retry={retry} />}
        {found && <p>{found.totalCount === 0 ? word().nothingBehind : word().behind(found.totalCount)}</p>}
        {found?.nodes.map((observation, i) => <Observation key={i} of={observation} figure={figure} />)}
        {found?.pageInfo.hasNextPage && (
          <p><button type="button" class="button" onClick={() => grow(size * 2)}>{word().more}</button></p>
        )}
      </div>
    </Dialog>
  );
}

function Observation({ of, figure }: { of: NonNullable<ProvenanceQuery["provenance"]>["nodes"][number]; figure: string }) {
  const { place, release, indicator } = of;
  const own = figure.startsWith(`${indicator.code}/`) || figure.startsWith(`${indicator.code}[`);
  const value = of.value === null || of.value === undefined ? word().unknownValue : asReported(of.value);
  const mark = word().statuses[of.status];
  return (
    <article>
      <h3>{own ? "" : `${indicator.name} · `}{word().inYear(of.unit.name, of.year)}</h3>
      <dl>
        <dt>{word().reportedAs}</dt>
        <dd class="number">
          {value}{of.denominator ? ` / ${asReported(of.denominator)}` : ""}
          {of.status !== "A" && <span class="status">{mark}</span>}
        </dd>
        <dt>{word().place}</dt>
        <dd><code>{place.file}</code> <span class="number">{word().placeText(place.sheet, place.line, place.column)}</span></dd>
        {of.citation && <><dt>{word().printed}</dt><dd><Cited text={of.citation} /></dd></>}
        <dt>{word().release}</dt>
        <dd class="number">{word().releaseText(release.id, day(release.published))} · <code>{release.sourceCode}</code></dd>
        {of.note && <><dt>{word().note}</dt><dd>{of.note}</dd></>}
      </dl>
    </article>
  );
}

/** A citation, whose addresses can be followed. */
function Cited({ text }: { text: string }) {
  return (
    <>
      {text.split(/(https?:\/\/[^\s;]+)/).map((part, i) => (i % 2 === 1 ? <a key={i} href={part} rel="noreferrer" target="_blank">{part}</a> : part))}
    </>
  );
}
