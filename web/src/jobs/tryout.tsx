// A file that arrived, tried: its table as it is understood, what is wrong with it, and what a
// load of it would change. Nothing of it is kept.
import { useState } from "preact/hooks";

import { askWithFile } from "../api";
import { PreviewDocument, type PreviewMutation } from "../gen/graphql";
import { language } from "../language";
import { Copy } from "../ui/copy";
import { FaultMessage, Live } from "../ui/message";
import { written } from "./held";
import type { Job } from "./job";
import { Place } from "./place";
import { RejectedRows } from "./rejects";
import { word } from "./words";

type Preview = NonNullable<PreviewMutation["previewLoad"]>;

/** How many cells, rejects and findings are asked for. */
const most = 100;

/** The place where a file is dropped, and what came of the last one. */
export function TryOut({ jobs }: { jobs: readonly Job[] }) {
  const [source, choose] = useState(jobs[0]!.sourceCode);
  const [over, hover] = useState(false);
  const [state, set] = useState<{ busy?: string; fault?: Error; preview?: Preview }>({});
  const read = async (file: File | undefined) => {
    if (!file) return;
    set({ busy: file.name });
    try {
      const { previewLoad } = await askWithFile(PreviewDocument, { source, file, first: most, language: language.value });
      set({ preview: previewLoad });
    } catch (fault) {
      set({ fault: fault as Error });
    }
  };
  const pick = (code: string) => {
    choose(code);
    set({});
  };
  const chosen = async (input: HTMLInputElement) => {
    await read(input.files?.[0]);
    input.value = ""; // the same file may be chosen again, mended
  };
  return (
    <section class={state.preview ? "tryout" : "tryout screen"} aria-labelledby="tryout">
      <h2 id="tryout">{word().tryOut}</h2>
      <p class="why screen">{word().tryOutText}</p>
      <form
        class={over ? "drop over screen" : "drop screen"}
        onSubmit={(event) => event.preventDefault()}
        onDragOver={(event) => {
          event.preventDefault();
          hover(true);
        }}
        onDragLeave={() => hover(false)}
        onDrop={(event) => {
          event.preventDefault();
          hover(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <label class="field"><span>{word().source}</span>
          <select value={source} onChange={(event) => pick(event.currentTarget.value)}>
            {jobs.map((job) => <option key={job.sourceCode} value={job.sourceCode}>{job.title}</option>)}
          </select>
        </label>
        <label class="field file"><span>{word().drop}</span>
          <input type="file" disabled={state.busy !== undefined} onChange={(event) => chosen(event.currentTarget)} />
        </label>
      </form>
      {state.busy && <Live text={word().reading(state.busy)} />}
      {state.fault && <FaultMessage fault={state.fault} retry={() => set({})} />}
      {state.preview && <Result source={source} preview={state.preview} />}
    </section>
  );
}

function Result({ source, preview: p }: { source: string; preview: Preview }) {
  const others = word().others(p.recorded, p.leftOut);
  return (
    <article class="preview" aria-live="polite">
      <p class="says">{p.text}</p>
      <p>{word().counts(p.read, p.accepted, p.rejected)}; {word().effects(p.added, p.revised, p.dropped, p.unchanged)}{others && `; ${others}`}.</p>
      {p.rejects.length > 0 && (
        <>
          <h3 id="tryout-wrong">{word().wrong(p.rejectCount)}</h3>
          <RejectedRows rejects={p.rejects} label="tryout-wrong" />
        </>
      )}
      {p.cells.length > 0 && <Cells cells={p.cells} />}
      {p.cellCount > p.cells.length && (
        <>
          <p>{word().moreCells(p.cellCount - p.cells.length)}</p>
          <Copy text={`niengiam load ${source} --dry-run`} />
        </>
      )}
      {p.findings.length > 0 && (
        <>
          <h3>{word().beside(p.findingCount)}</h3>
          <ul>{p.findings.map((f, i) => <li key={i}>{f.text} <span class="under"><Place place={f.place} /></span></li>)}</ul>
        </>
      )}
      {p.tables.map((table, i) => <Understood key={i} table={table} />)}
      {p.outcome !== "unchanged" && (
        <>
          <p>{word().toPublish}</p>
          <Copy text={`niengiam load ${source}`} />
        </>
      )}
    </article>
  );
}

function Cells({ cells }: { cells: Preview["cells"] }) {
  return (
    <>
      <h3 id="tryout-cells">{word().wouldChange}</h3>
      <table class="list stacked differences" aria-labelledby="tryout-cells">
        <thead>
          <tr>
            <th scope="col">{word().figure}</th>
            <th scope="col">{word().kind}</th>
            <th scope="col" class="count">{word().readersSee}</th>
            <th scope="col" class="count">{word().fileSays}</th>
            <th scope="col" class="count">{word().change}</th>
            <th scope="col">{word().place}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ kind, published, change: d }, i) => (
            <tr key={i} class={kind === "REVISED" ? "revised" : "added"}>
              <th scope="row">
                {d.indicatorName}
                <span class="under">{[d.unitName || d.unitCode, ...d.breakdown.flatMap((b) => b.members.map((m) => m.name)), word().inYear(d.year)].join(" · ")}</span>
              </th>
              <td data-label={word().kind}>{word().kinds[kind]}</td>
              <td data-label={word().readersSee} class="count number old">{written(d.oldStatus, d.old, d.oldDenominator)}</td>
              <td data-label={word().fileSays} class="count number new">{written(d.newStatus, d.new, d.newDenominator)}</td>
              <td data-label={word().change} class="count number">{d.relativeText || <span class="faint">–</span>}</td>
              <td data-label={word().place}>
                <Place place={d.place} />
                <span class="under">{word().publishedOn}: <time dateTime={published}>{published}</time></span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Understood({ table: t }: { table: Preview["tables"][number] }) {
  return (
    <>
      <h3>{word().understood(t.file, t.sheet)}</h3>
      <p class="faint">{word().tableOf(t.format, t.line, t.rowCount, t.passedCount, t.totalRowCount)}</p>
      {t.remarks.length > 0 && <p class="faint">{t.remarks.slice(0, 5).join(" · ")}</p>}
      <div class="understood" tabindex={0} role="group" aria-label={word().understood(t.file, t.sheet)}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col" class="count">{word().line}</th>
              {t.columns.map((c, i) => <th key={i} scope="col" class={c.isRead ? "" : "faint"}>{c.header}</th>)}
            </tr>
          </thead>
          <tbody>
            {t.rows.map((row) => (
              <tr key={row.line}>
                <th scope="row" class="count number">{row.line}</th>
                {row.cells.map((cell, i) => <td key={i} class={t.columns[i]?.isRead ? "" : "faint"}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
