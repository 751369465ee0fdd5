// Opens the page of a running server in a real browser and asks its first
// question. NIENGIAM_URL is the address of that server; without it the test
// fails, for a test that skips itself proves nothing.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const address = process.env.NIENGIAM_URL ?? "";
const results = new URL("../test-results/", import.meta.url).pathname;
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

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

for (const [name, options] of Object.entries({
  desktop,
  phone,
  "desktop-dark": { ...desktop, colorScheme: "dark" },
  "phone-dark": { ...phone, colorScheme: "dark" },
} satisfies Record<string, BrowserContextOptions>)) {
  test(`the first question is answered: ${name}`, async () => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      const strangers = outsideRequests(page);
      const complaints = errors(page);

      await open(page);
      assert.equal(await page.title(), "Niengiam");

      const answered = page.waitForResponse((r) => (r.request().postData() ?? "").includes("query GrowthOfCriterion"));
      await page.getByRole("button", { name: /Execute query/ }).click();
      const answer = (await (await answered).json()) as { data?: unknown; errors?: unknown };
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      await page.locator(".graphiql-response .view-line", { hasText: '"rows"' }).waitFor();

      await settled(page);
      await page.screenshot({ path: `${results}${name}.png` });
      assert.deepEqual(strangers, [], "a request left for another address");
      assert.deepEqual(complaints, [], "the browser complained");
      assert.ok(await fits(page), "the page is wider than the screen");
    } finally {
      await context.close();
    }
  });
}

test("the second tab asks for the ranking, by keyboard", async () => {
  const context = await browser.newContext(desktop);
  try {
    const page = await context.newPage();
    await open(page);
    await page.getByRole("tab", { name: "RankingOfProvinces" }).click();
    const editor = page.locator(".graphiql-query-editor");
    await editor.locator(".view-line", { hasText: "rankedCount" }).click();
    await page.keyboard.press("Control+Enter");
    await page.locator(".graphiql-response .view-line", { hasText: '"rankedCount"' }).waitFor();
    await settled(page);
    await page.screenshot({ path: `${results}ranking.png` });
  } finally {
    await context.close();
  }
});

test("the documentation opens on a phone and closes again", async () => {
  const context = await browser.newContext(phone);
  try {
    const page = await context.newPage();
    await open(page);
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().waitFor();
    await settled(page);
    await page.screenshot({ path: `${results}phone-docs.png` });
    await page.getByRole("button", { name: "Hide Documentation Explorer" }).click();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response .view-line", { hasText: '"rows"' }).waitFor();
  } finally {
    await context.close();
  }
});

// open loads the page and waits until its editor can be typed into.
async function open(page: Page): Promise<void> {
  await page.goto(address);
  await page.locator(".graphiql-query-editor .view-line", { hasText: "comparison" }).waitFor();
  await settled(page);
}

// outsideRequests collects what the page, its frames and its workers ask of
// any other origin than the server's.
function outsideRequests(page: Page): string[] {
  const home = new URL(address).origin;
  const found: string[] = [];
  page.context().on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:"].includes(url.protocol) && url.origin !== home) found.push(url.href);
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(address).host) found.push(socket.url());
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
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}
