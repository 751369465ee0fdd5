// Long lists: of ten thousand rows only those in sight are on the page.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Up to this many rows a list is simply there, so that one can find in it and print it. */
export const simple = 400;
/** How many rows beyond the edges are drawn ahead. */
const ahead = 12;

/** The rows to draw, and the height of those before and after them. */
export interface Window {
  from: number;
  to: number;
  before: number;
  after: number;
}

/** Follows a scrolling box and says which of its rows of one height are in sight. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Window {
  const [range, set] = useState({ from: 0, to: Math.min(count, 60) });
  const all = count <= simple;
  useEffect(() => {
    const element = box.current;
    if (all || !element) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - ahead);
      const to = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + ahead);
      set((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    const scrolled = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener("scroll", scrolled);
    };
  }, [count, rowHeight, all]);
  if (all) return { from: 0, to: count, before: 0, after: 0 };
  const to = Math.min(count, range.to);
  const from = Math.min(range.from, to);
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight };
}

/** How many rows in sight are not there yet. */
export function unread(sight: Window, rows: number): number {
  return Math.max(0, sight.to - Math.max(rows, sight.from));
}

/** A row that stands for those out of sight. */
export function Gap({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? <tr aria-hidden="true"><td colSpan={columns} style={{ height: `${height}px`, padding: 0, border: 0 }} /></tr> : null;
}
