// A real browser beside a running program. NIENGIAM_URL is the address of that
// program; without it the tests fail, for a test that skips itself proves nothing.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";

import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

export const address = process.env.NIENGIAM_URL ?? "";
export const results = new URL("../test-results/", import.meta.url).pathname;
export const desktop = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } satisfies BrowserContextOptions;
/** The narrowest phone that people have. */
export const narrow = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } satisfies BrowserContextOptions;

/** A way to look at a page. */
export interface Look {
  name: string;
  lang: "vi" | "en";
  options: BrowserContextOptions;
}
/** On which screen, in which colours and in which language a page is looked at: not all eight ways, but every pair of the three. */
export const looks: Look[] = [
  { name: "desktop-vi", lang: "vi", options: desktop },
  { name: "desktop-dark-en", lang: "en", options: { ...desktop, colorScheme: "dark" } },
  { name: "phone-en", lang: "en", options: phone },
  { name: "phone-dark-vi", lang: "vi", options: { ...phone, colorScheme: "dark", reducedMotion: "reduce" } },
];

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;

before(async () => {
  assert.ok(address, "set NIENGIAM_URL to the address of a running server");
  mkdirSync(results, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(() => browser?.close());

// visit gives a page of a fresh browser, and fails when the page asks another
// address, when the browser complains, or when it is wider than the screen.
export async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>, may: { complain?: RegExp; home?: string } = {}): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const strangers = outsideRequests(page, may.home ?? address);
    const complaints = errors(page);
    await look(page);
    assert.deepEqual(strangers, [], "a request left for another address");
    assert.deepEqual(complaints.filter((text) => !may.complain?.test(text)), [], "the browser complained");
    assert.ok(await fits(page), "the page is wider than the screen");
  } finally {
    await context.close();
  }
}

// outsideRequests collects what the page, its frames and its workers ask of
// any other origin than the server's.
function outsideRequests(page: Page, from: string): string[] {
  const home = new URL(from).origin;
  const found: string[] = [];
  page.context().on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:"].includes(url.protocol) && url.origin !== home) found.push(url.href);
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(from).host) found.push(socket.url());
  });
  return found;
}

// errors collects what the console reports, broken security policy included.
function errors(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(message.text());
  });
  return found;
}

// settled waits until the network is quiet and the fonts are in place.
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

// barriers fails on what axe finds: WCAG 2.2 A and AA and best practice.
export async function barriers(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((n) => `${n.html} ${n.failureSummary}`).join("\n")}`);
  });
  assert.deepEqual(found, []);
}

// watchShifts adds up how far the layout moves without the reader's doing.
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    (window as unknown as { shifted: number }).shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) (window as unknown as { shifted: number }).shifted += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

// shifts gives the sum, in thousandths.
export function shifts(page: Page): Promise<number> {
  return page.evaluate(() => Math.round((window as unknown as { shifted: number }).shifted * 1000) / 1000);
}
