// Long answers: read a page at a time, as far as somebody looks.
import { useEffect, useRef, useState } from "preact/hooks";

import { forget } from "../api";

/** One page: the answer that it came in, and how to go on. */
export interface Page<A, R> {
  answer: A;
  rows: readonly R[];
  /** The cursor of the next page; null on the last. */
  next: string | null;
  /** The data version of the answer: pages of two of them do not go together. */
  version: string;
}

/** What was read so far; while another question is under way, of the one before. */
export interface Pages<A, R> {
  /** The answer of the first page. */
  answer?: A;
  rows: readonly R[];
  fault?: Error;
  /** Whether the first page is under way. */
  pending: boolean;
  /** Reads on where so many rows are looked at and not all of them are there. */
  reach: (rows: number) => void;
  retry: () => void;
}

interface State<A, R> extends Partial<Page<A, R>> {
  key: string;
  rows: readonly R[];
  fault?: Error;
}

/** Reads the pages of a question, which is another one when its key changes. */
export function usePages<A, R>(key: string, read: (after: string | null) => Promise<Page<A, R>>): Pages<A, R> {
  const [state, set] = useState<State<A, R>>({ key: "", rows: [] });
  const [turn, again] = useState(0);
  const current = useRef(key);
  current.current = key;
  const reading = useRef("");
  const load = (before: State<A, R>) => {
    const after = before.next ?? null;
    const page = `${key} ${after}`;
    if (reading.current === page) return;
    reading.current = page;
    const hear = (next: State<A, R>) => {
      if (reading.current === page) reading.current = "";
      if (current.current === key) set(next);
    };
    read(after).then(
      (found) => {
        if (before.answer === undefined || found.version === before.version) {
          return hear({ ...found, key, answer: before.answer ?? found.answer, rows: [...before.rows, ...found.rows] });
        }
        hear(before);
        forget(); // something was published meanwhile: all of it is read anew
        again((n) => n + 1);
      },
      (fault: Error) => hear({ ...before, fault }),
    );
  };
  useEffect(() => load({ key, rows: [] }), [key, turn]);
  const pending = state.key !== key;
  return {
    ...(state.answer !== undefined && { answer: state.answer }),
    rows: state.rows,
    ...(!pending && state.fault && { fault: state.fault }),
    pending,
    reach: (rows) => {
      if (!pending && !state.fault && state.next && rows > state.rows.length) load(state);
    },
    retry: () => again(turn + 1),
  };
}
