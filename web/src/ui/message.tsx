// What a page says where there is nothing to show: why, and what to do next.
import type { ComponentChildren } from "preact";

import { Refused, type Fault } from "../api";
import { language } from "../language";
import { word } from "../words";

/** A message in place of content; where it stands for the whole page its title is the page's. */
export function Message({ title, whole, children }: { title: string; whole?: boolean; children?: ComponentChildren }) {
  return (
    <section class="message" role="status">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** A fault: what was refused with its hint, or that nobody answers. */
export function FaultMessage({ fault, whole = false, retry, choose }: {
  fault: Error;
  /** Whether there is nothing else on the page. */
  whole?: boolean;
  retry: () => void;
  /** Takes one of the nearest names for the argument `where`. */
  choose?: (where: string, name: string) => void;
}) {
  if (!(fault instanceof Refused)) {
    return (
      <Message whole={whole} title={word().unreachable}>
        <p>{word().unreachableText}</p>
        <p><button type="button" class="button" onClick={retry}>{word().retry}</button></p>
      </Message>
    );
  }
  return (
    <Message whole={whole} title={word().refused}>
      {fault.faults.filter((f, i, all) => i === all.findIndex((one) => one.code === f.code && said(one).message === said(f).message)).map((f, i) => (
        <div key={i} class="fault">
          <p>{f.where && <code>{f.where}</code>} {said(f).message}</p>
          {said(f).hint && <p class="hint">{said(f).hint}</p>}
          {choose && f.where && f.nearest?.length ? (
            <p>
              <span>{word().nearest}: </span>
              {f.nearest.map((name) => (
                <button type="button" class="chip" key={name} onClick={() => choose(f.where!, name)}>{name}</button>
              ))}
            </p>
          ) : null}
          <p class="code">{f.code}</p>
        </div>
      ))}
    </Message>
  );
}

/** What a fault says in the language of the page. */
function said(f: Fault): { message: string; hint?: string } {
  return language.value === "VI" && f.vi ? f.vi : f;
}

/** Tells a screen reader what a sighted reader sees happen. */
export function Live({ text }: { text: string }) {
  return <p class="hidden" role="status" aria-live="polite">{text}</p>;
}

/** Says that texts of the workspace are in the other language, where some are. */
export function Untranslated({ count }: { count: number }) {
  return count > 0 ? <p class="untranslated">{word().untranslated}</p> : null;
}
