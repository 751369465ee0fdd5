// Asks the API, and remembers answers for a moment.
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { TypedDocumentString } from "./gen/graphql";

/** A fault as the API tells it; see docs/errors.md. */
export interface Fault {
  code: string;
  message: string;
  where?: string;
  hint?: string;
  nearest?: string[];
  /** Message and hint in Vietnamese. */
  vi?: { message: string; hint?: string };
}

/** The API understood and refused the question, with its reasons. */
export class Refused extends Error {
  constructor(readonly faults: Fault[]) {
    super(faults.map((fault) => `${fault.code}: ${fault.message}`).join("\n"));
  }
}

/** There was no answer at all: no network, no program, or no engine behind it. */
export class Unreachable extends Error {}

interface Reply<R> {
  data?: R | null;
  errors?: { message: string; extensions?: Partial<Omit<Fault, "message">> }[];
}

/** Whether a fault is the program's rather than the question's. */
const ours = (code: string) => ["INTERNAL", "TIMEOUT", "CANCELED"].includes(code) || code.startsWith("ENGINE_");

/** Asks one question. Throws Refused or Unreachable. */
export async function ask<R, V>(document: TypedDocumentString<R, V>, variables: V, signal?: AbortSignal): Promise<R> {
  let reply: Reply<R>;
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: document.toString(), variables }),
      ...(signal && { signal }),
    });
    reply = (await response.json()) as Reply<R>;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Unreachable(String(cause));
  }
  if (reply.errors?.length) {
    const faults = reply.errors.map(({ message, extensions }) => ({ code: "INTERNAL", message, ...extensions }));
    if (faults.every((fault) => ours(fault.code))) throw new Unreachable(faults[0]!.message);
    throw new Refused(faults);
  }
  if (!reply.data) throw new Unreachable("an answer without data");
  return reply.data;
}

/** How long an answer is taken for current, and how many are kept. */
const freshMilliseconds = 60_000;
const keptAnswers = 50;

/** A question that was asked: when, and what came of it. */
interface Kept {
  at: number;
  answer: Promise<unknown>;
  /** The answer itself, once it is there. */
  value?: unknown;
}

const kept = new Map<string, Kept>();

function fresh(key: string): Kept | undefined {
  const known = kept.get(key);
  return known && performance.now() - known.at < freshMilliseconds ? known : undefined;
}

function keep(key: string, known: Kept): void {
  kept.delete(key);
  kept.set(key, known);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptAnswers) break;
    kept.delete(oldest);
  }
}

/** Asks one question, or takes the answer that it got a moment ago. */
export function recall<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
  const key = keyOf(document, variables);
  const known = fresh(key);
  if (known) return known.answer as Promise<R>;
  const asked: Kept = { at: performance.now(), answer: ask(document, variables) };
  keep(key, asked);
  asked.answer.then(
    (value) => (asked.value = value),
    () => kept.delete(key),
  );
  return asked.answer as Promise<R>;
}

/** Takes an answer for that to a question that means the same. */
export function remember<R, V>(document: TypedDocumentString<R, V>, variables: V, value: R): void {
  keep(keyOf(document, variables), { at: performance.now(), answer: Promise.resolve(value), value });
}

/** Forgets every answer: what was asked is asked anew. */
export function forget(): void {
  kept.clear();
}

function keyOf<R, V>(document: TypedDocumentString<R, V>, variables: V): string {
  return JSON.stringify(variables) + document.toString();
}

/** What is known of a question that a component asks. */
export interface Answer<R> {
  /** The answer; while the next one is under way, that of the question before. */
  value?: R;
  /** Refused, Unreachable, or nothing. */
  fault?: Error;
  /** Whether an answer is under way. */
  pending: boolean;
  /** Asks again. */
  retry: () => void;
}

/** Asks a question whenever its variables change; null asks nothing. */
export function useAnswer<R, V>(document: TypedDocumentString<R, V>, variables: V | null): Answer<R> {
  const key = variables === null ? "" : keyOf(document, variables);
  const [last, set] = useState<{ key: string; value?: R; fault?: Error }>({ key: "" });
  const [turn, again] = useState(0);
  // An answer that is there already is shown at once.
  const known = last.key === key || key === "" ? undefined : (fresh(key)?.value as R | undefined);
  const state = known === undefined ? last : { key, value: known };
  const current = useRef(key);
  current.current = key;
  useLayoutEffect(() => {
    if (variables === null) return;
    recall(document, variables).then(
      (value) => current.current === key && set({ key, value }),
      (fault: Error) => current.current === key && set({ key, fault }),
    );
  }, [key, turn]);
  const pending = key !== "" && state.key !== key;
  return {
    ...(state.value !== undefined && key !== "" && { value: state.value }),
    ...(!pending && state.fault && { fault: state.fault }),
    pending,
    retry: () => {
      // What was known stays in sight until the answer is there.
      set(({ value }) => ({ key: "", ...(value !== undefined && { value }) }));
      again(turn + 1);
    },
  };
}
