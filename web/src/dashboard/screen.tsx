// One dashboard: its tiles, what to know when one reads them, and where they are from.
import { useEffect } from "preact/hooks";

import { follow, go, href } from "../address";
import { Refused, useAnswer } from "../api";
import { ScreenDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live, Untranslated } from "../ui/message";
import { day } from "../ui/numbers";
import { word as common } from "../words";
import { asked, base, size, type Board } from "./state";
import { notesOf, TileBox } from "./tile";
import { word } from "./words";

/** The argument of the API that each name of the address stands for. */
const names: Record<string, string> = { year: "year", baseYear: "base", unit: "unit", "scope.asOf": "asof" };

export function Screen({ code }: { code: string }) {
  const { value, fault, pending, retry } = useAnswer(ScreenDocument, asked(code));
  const board = value?.dashboard;
  useEffect(() => {
    document.title = `${board?.question.template.title ?? word().title} · Niengiam`;
  }, [board]);
  useEffect(() => {
    document.documentElement.dataset.size = String(size());
  });
  if (fault) {
    const choose = (where: string, name: string) => (where === "code" ? location.assign(`./${name}${location.search}`) : go({ [names[where] ?? where]: name }));
    return (
      <>
        <FaultMessage whole fault={fault} retry={retry} choose={choose} />
        {fault instanceof Refused && <p><a class="button" href={`./${language.value === "EN" ? "?lang=en" : ""}`}>{word().all}</a></p>}
      </>
    );
  }
  if (!value || !board) return <section class="waiting"><Live text={common().loading} /></section>;
  return (
    <>
      <Shown board={board} pending={pending} />
      <Untranslated count={value.untranslated} />
    </>
  );
}

function Shown({ board, pending }: { board: Board; pending: boolean }) {
  const { question, release } = board;
  const notes = [...new Set(board.tiles.flatMap((tile) => notesOf(tile).map(({ text }) => text)))];
  return (
    <article class="board" aria-busy={pending}>
      <header class="board-title">
        <div>
          <h1>{question.template.title}</h1>
          <p class="who number">{question.unit.fullName} · {word().comparedWith(question.year, question.baseYear)}</p>
          {question.template.description && <p class="faint">{question.template.description}</p>}
        </div>
        <Choices board={board} />
      </header>
      <Live text={pending ? common().loading : ""} />
      <div class="tiles">
        {board.tiles.map((tile, i) => <TileBox key={i} tile={tile} place={i} notes={notes} />)}
      </div>
      <footer class="board-notes">
        <section aria-labelledby="caveats">
          <h2 id="caveats">{word().caveats}</h2>
          {notes.length === 0 ? <p>{word().noCaveats}</p> : <ol>{notes.map((text, i) => <li key={text} id={`note-${i + 1}`}>{text}</li>)}</ol>}
        </section>
        <p class="number">
          {question.asOf && `${word().asOf(day(question.asOf))} `}
          {release ? word().release(release.source?.publisher ?? release.sourceCode, day(release.published)) : word().nothingPublished}
          {` ${word().version(board.dataVersion)}`}
        </p>
      </footer>
    </article>
  );
}

/** Years, size of the text, print. */
function Choices({ board: { question } }: { board: Board }) {
  const years = [...new Set([...question.template.years, question.year, question.baseYear])].toSorted((a, b) => b - a);
  const previous = (base() ?? question.template.baseYear) === "PREVIOUS";
  const choice = (label: string, name: "year" | "base", chosen: number | "previous", not: number) => (
    <label class="field">
      <span>{label}</span>
      <select aria-label={label} value={chosen} onChange={(event) => go({ [name]: event.currentTarget.value })}>
        {name === "base" && <option value="previous">{word().yearBefore}</option>}
        {years.filter((year) => year !== not).map((year) => <option key={year} value={year}>{year}</option>)}
      </select>
    </label>
  );
  return (
    <div class="choices screen">
      {choice(word().year, "year", question.year, question.baseYear)}
      {choice(word().base, "base", previous ? "previous" : question.baseYear, question.year)}
      <div class="sizes" role="group" aria-label={word().size}>
        {[word().smaller, word().plain, word().larger].map((text, i) => (
          <a key={text} href={href({ size: i === 1 ? undefined : i })} onClick={follow} aria-current={i === size()} title={word().sizes[i]}>{text}</a>
        ))}
      </div>
      <button type="button" class="button" onClick={() => print()}>{word().print}</button>
    </div>
  );
}
