// A real browser beside a running program. NIENGIAM_URL is the address of that
// program; without it the tests fail, for a test that skips itself proves nothing.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";

import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Page, type Request, type WebSocket } from "playwright-core";

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

// The one without windows draws the same pages for half of the work.
const browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
let browser: Browser;

before(async () => {
  assert.ok(address, "set NIENGIAM_URL to the address of a running server");
  mkdirSync(results, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? browsers.find((file) => existsSync(file)),
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

/** What a page may do that others may not, and how it is opened. */
interface Leave {
  /** What the browser may complain of. */
  complain?: RegExp;
  /** The address of the program, where it is not that of all tests. */
  home?: string;
  /** Opens the page in a browser that has seen nothing: where a first visit is looked at, and where the test puts something into the page or between it and the network. */
  fresh?: boolean;
}

// Pages that are kept for the next visit of the same kind: its process runs and has read the
// scripts, which is half of what a visit costs.
const kept = new Map<string, Page[]>();

// visit gives a page that nobody else looks at, and fails when the page asks another
// address, when the browser complains, or when it is wider than the screen.
export async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>, may: Leave = {}): Promise<void> {
  const kind = JSON.stringify(Object.entries(options).toSorted());
  const page = (may.fresh ? undefined : kept.get(kind)?.pop()) ?? (await (await browser.newContext(options)).newPage());
  const watch = new Watch(page, may.home ?? address);
  let keep = false;
  try {
    await look(page);
    assert.deepEqual(watch.strangers, [], "a request left for another address");
    assert.deepEqual(watch.complaints.filter((text) => !may.complain?.test(text)), [], "the browser complained");
    assert.ok(await fits(page), "the page is wider than the screen");
    keep = !may.fresh;
  } finally {
    watch.end();
    if (keep && (await leave(page))) kept.set(kind, [...(kept.get(kind) ?? []), page]);
    else await page.context().close();
  }
}

// leave forgets what a page stored, and goes where nothing goes on: on the same site, for
// another one would have another process. It tells whether the page can be used again.
async function leave(page: Page): Promise<boolean> {
  try {
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.goto(new URL("/readyz", page.url()).href);
    await page.mouse.move(0, 0);
    return true;
  } catch {
    return false; // its program has ended
  }
}

const watches = new WeakMap<BrowserContext, Watch>();

const isStream = (request: Request) => request.headers().accept === "text/event-stream";

/** What goes on behind a page during one visit. */
class Watch {
  /** What the page, its frames and its workers ask of any other origin than the server's. */
  readonly strangers: string[] = [];
  /** What the console reports, broken security policy included. */
  readonly complaints: string[] = [];
  readonly #page: Page;
  readonly #home: URL;
  /** The requests that are under way, streams left out, and since when there are none. */
  readonly #open = new Set<Request>();
  #ended = false;
  #since = performance.now();

  constructor(page: Page, home: string) {
    this.#page = page;
    this.#home = new URL(home);
    watches.set(page.context(), this);
    page.context().on("request", this.#request);
    page.context().on("requestfinished", this.#done);
    page.context().on("requestfailed", this.#done);
    page.on("websocket", this.#socket);
    page.on("pageerror", this.#error);
    page.on("console", this.#console);
  }

  end(): void {
    this.#ended = true;
    this.#page.context().off("request", this.#request);
    this.#page.context().off("requestfinished", this.#done);
    this.#page.context().off("requestfailed", this.#done);
    this.#page.off("websocket", this.#socket);
    this.#page.off("pageerror", this.#error);
    this.#page.off("console", this.#console);
  }

  /** Waits until nothing but streams has been under way for half a second. */
  async quiet(): Promise<void> {
    while (!this.#ended && (this.#open.size > 0 || performance.now() - this.#since < 500)) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  readonly #done = (request: Request) => {
    if (this.#open.delete(request)) this.#since = performance.now();
  };
  readonly #request = (request: Request) => {
    if (!isStream(request)) this.#open.add(request);
    const url = new URL(request.url());
    if (["http:", "https:"].includes(url.protocol) && url.origin !== this.#home.origin) this.strangers.push(url.href);
  };
  readonly #socket = (socket: WebSocket) => {
    if (new URL(socket.url()).host !== this.#home.host) this.strangers.push(socket.url());
  };
  readonly #error = (error: Error) => void this.complaints.push(error.message);
  readonly #console = (message: ConsoleMessage) => {
    if (message.type() === "error") this.complaints.push(message.text());
  };
}

// settled waits until the network is quiet and the fonts are in place. What is told again and
// again, which never ends by itself, is no noise.
export async function settled(page: Page): Promise<void> {
  const idle = page.waitForLoadState("networkidle");
  idle.catch(() => undefined); // where it is not needed, and the page is gone before
  await Promise.race([idle, watches.get(page.context())!.quiet()]);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

// picture draws the page for people to look at, as one sees it or down to its end.
export async function picture(page: Page, name: string, whole = false): Promise<void> {
  const path = `${results}${name}.png`;
  if (!whole) return paint(page, path);
  // In a window that is as high as the page: what a picture takes beyond the window is laid out twice.
  const window = page.viewportSize()!;
  await page.setViewportSize({ width: window.width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await paint(page, path);
  await page.setViewportSize(window);
}

// paint writes what is in the window into a file, packed as fast as it goes and not as small:
// half of the work of page.screenshot, which has no such choice.
async function paint(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const { data } = await session.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  } finally {
    await session.detach();
  }
}

// barriers fails on what axe finds: WCAG 2.2 A and AA and best practice. It tells the element
// itself; a selector that finds it again would be sought for every element that is in order, too.
export async function barriers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Runtime.evaluate", { expression: `${axe}\n0` });
  } finally {
    await session.detach();
  }
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run({ resultTypes: ["violations"], selectors: false });
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
