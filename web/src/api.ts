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
  errors?: { message: string; path?: (string | number)[]; extensions?: Partial<Omit<Fault, "message">> }[];
}

/** The questions that are null, too, where nothing has the code that they ask for. */
type Lookup = "indicator" | "unit" | "cohort" | "release";

/** The answers to all questions of a document: none was refused. */
export type Whole<R> = { [Q in keyof R]: Q extends Lookup ? R[Q] : NonNullable<R[Q]> };

/** What came of the questions of a document, of which at least one was answered. */
export interface Parts<R> {
  /** The answers; null where a question was refused. */
  value: R;
  /** Why each of the others has no answer: Refused or Unreachable. */
  faults: { readonly [Q in keyof R]?: Error };
}

/** Whether a fault is the program's rather than the question's. */
const ours = (code: string) => ["INTERNAL", "TIMEOUT", "CANCELED"].includes(code) || code.startsWith("ENGINE_");

/** What is thrown for some errors. */
function refusal(errors: NonNullable<Reply<unknown>["errors"]>): Error {
  const faults = errors.map(({ message, extensions }) => ({ code: "INTERNAL", message, ...extensions }));
  return faults.every((fault) => ours(fault.code)) ? new Unreachable(faults[0]!.message) : new Refused(faults);
}

/** Asks the questions of a document. Throws Refused or Unreachable where none was answered. */
async function askParts<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<Parts<R>> {
  const body = JSON.stringify({ query: document.toString(), variables });
  return send({ method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body });
}

/** Asks with a file, which is the variable `file`. Throws Refused or Unreachable. */
export async function askWithFile<R, V extends { file: File }>(document: TypedDocumentString<R, V>, variables: V): Promise<Whole<R>> {
  const body = new FormData();
  body.append("operations", JSON.stringify({ query: document.toString(), variables: { ...variables, file: null } }));
  body.append("map", JSON.stringify({ 0: ["variables.file"] }));
  body.append("0", variables.file);
  return whole(await send({ method: "POST", headers: { accept: "application/json", "graphql-require-preflight": "1" }, body }));
}

/** Sends a request. Throws Refused or Unreachable where no question was answered. */
async function send<R>(request: RequestInit): Promise<Parts<R>> {
  let reply: Reply<R>;
  try {
    const response = await fetch("/graphql", request);
    reply = (await response.json()) as Reply<R>;
  } catch (cause) {
    throw new Unreachable(String(cause));
  }
  const { data, errors = [] } = reply;
  if (!data || Object.values(data).every((answer) => answer === null)) {
    if (errors.length > 0) throw refusal(errors);
    if (!data) throw new Unreachable("an answer without data");
  }
  const faults: { [question: string]: Error } = {};
  for (const question of new Set(errors.map(({ path }) => String(path?.[0])))) {
    faults[question] = refusal(errors.filter(({ path }) => String(path?.[0]) === question));
  }
  return { value: data, faults: faults as Parts<R>["faults"] };
}

/** The answers, where no question was refused; throws why one was. */
function whole<R>({ value, faults }: Parts<R>): Whole<R> {
  for (const fault of Object.values<Error | undefined>(faults)) if (fault) throw fault;
  return value as Whole<R>;
}

/** Asks the questions of a document, all of which must be answered. Throws Refused or Unreachable. */
export async function ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<Whole<R>> {
  return whole(await askParts(document, variables));
}

/** How long an answer is taken for current, and how many are kept. */
const freshMilliseconds = 60_000;
const keptAnswers = 50;

/** A question that was asked: when, and what came of it. */
interface Kept {
  at: number;
  parts: Promise<Parts<unknown>>;
  /** What came of it, once it is there. */
  known?: Parts<unknown>;
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

/** Asks the questions of a document, or takes the answers that they got a moment ago. */
export function recallParts<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<Parts<R>> {
  const key = keyOf(document, variables);
  const known = fresh(key);
  if (known) return known.parts as Promise<Parts<R>>;
  const asked: Kept = { at: performance.now(), parts: askParts(document, variables) };
  keep(key, asked);
  asked.parts.then(
    (parts) => {
      if (Object.keys(parts.faults).length === 0) asked.known = parts;
      else kept.delete(key);
    },
    () => kept.delete(key),
  );
  return asked.parts as Promise<Parts<R>>;
}

/** The same for a document all of whose questions must be answered. */
export async function recall<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<Whole<R>> {
  return whole(await recallParts(document, variables));
}

/** Takes an answer for that to a question that means the same. */
export function remember<R, V>(document: TypedDocumentString<R, V>, variables: V, value: R): void {
  const known: Parts<R> = { value, faults: {} };
  keep(keyOf(document, variables), { at: performance.now(), parts: Promise.resolve(known), known });
}

/** Forgets every answer: what was asked is asked anew. */
export function forget(): void {
  kept.clear();
}

function keyOf<R, V>(document: TypedDocumentString<R, V>, variables: V): string {
  return JSON.stringify(variables) + document.toString();
}

/** What is known of what a component asks. */
export interface Answer<A> {
  /** The answer; while the next one is under way, that of the question before. */
  value?: A;
  /** Refused, Unreachable, or nothing. */
  fault?: Error;
  /** Whether an answer is under way. */
  pending: boolean;
  /** Asks again. */
  retry: () => void;
}

/** Asks a question whenever its variables change; null asks nothing. */
export function useAnswer<R, V>(document: TypedDocumentString<R, V>, variables: V | null): Answer<Whole<R>> {
  const { value: parts, fault, pending, retry } = useParts(document, variables);
  const refused = fault ?? (parts && Object.values<Error | undefined>(parts.faults)[0]);
  if (refused) return pending ? { pending, retry } : { fault: refused, pending, retry };
  return { ...(parts && { value: parts.value as Whole<R> }), pending, retry };
}

/** The same for several questions, each of which may be refused: the others stand. */
export function useParts<R, V>(document: TypedDocumentString<R, V>, variables: V | null): Answer<Parts<R>> {
  const key = variables === null ? "" : keyOf(document, variables);
  const [last, set] = useState<{ key: string; value?: Parts<R>; fault?: Error }>({ key: "" });
  const [turn, again] = useState(0);
  // An answer that is there already is shown at once.
  const known = last.key === key || key === "" ? undefined : (fresh(key)?.known as Parts<R> | undefined);
  const state = known === undefined ? last : { key, value: known };
  const current = useRef(key);
  current.current = key;
  useLayoutEffect(() => {
    if (variables === null) return;
    recallParts(document, variables).then(
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
