// What a page costs the browser, in the CPU time of its main thread. A clock on the wall
// says how busy the machine is; the thread's own time says what the page makes it do.
import assert from "node:assert/strict";

import type { Page } from "playwright-core";

/** The work of a page's main thread, in milliseconds of its CPU time. */
export interface Cost {
  /** All tasks together. */
  total: number;
  /** The longest task: as long as nothing that is pressed is answered. */
  longest: number;
  /** What tasks took beyond 50 ms each: Lighthouse's total blocking time, without the wall clock. */
  blocking: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  ts: number;
}

const task = "RunTask";
const sign = "niengiam: measured";
/** From this length on a task is one that people feel. */
const long = 50;
/** A task shorter than so many microseconds may lack its CPU time. */
const shortest = 100;

/** Does something on a page and tells what it cost the page. */
export async function cost(page: Page, act: () => Promise<void>): Promise<Cost> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline", "blink.user_timing"] });
  let trace: Buffer;
  try {
    await act();
    // The thread that runs the page is the one that signs: another page of the browser may have its own.
    await page.evaluate((name) => void performance.mark(name), sign);
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const at = traceEvents.find(({ name }) => name === sign);
  assert.ok(at, "the page left no sign in the trace");
  const tasks = traceEvents.filter((e) => e.name === task && e.ph === "X" && e.pid === at.pid && e.tid === at.tid);
  const times = tasks.map((e) => {
    // Of a task of a microsecond a browser may not tell it: the thread's time stands still. It is no longer than the task.
    const time = e.tdur ?? e.dur;
    assert.ok(time !== undefined && (e.tdur !== undefined || time < shortest), "this browser does not tell the CPU time of its threads");
    return time / 1000;
  });
  const sum = (numbers: number[]) => Math.round(numbers.reduce((a, b) => a + b, 0));
  return { total: sum(times), longest: Math.round(Math.max(0, ...times)), blocking: sum(times.map((t) => Math.max(0, t - long))) };
}
