// Opens GraphiQL of a running server in a real browser and asks its first question.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { BrowserContextOptions, Page } from "playwright-core";

import { address, desktop, phone, picture, settled, visit } from "./browser";

for (const [name, options] of Object.entries({
  desktop,
  phone,
  "desktop-dark": { ...desktop, colorScheme: "dark" },
  "phone-dark": { ...phone, colorScheme: "dark" },
} satisfies Record<string, BrowserContextOptions>)) {
  test(`the first question is answered: ${name}`, async () => {
    await visit(options, async (page) => {
      await open(page);
      assert.equal(await page.title(), "GraphiQL · Niengiam");

      const answered = page.waitForResponse((r) => (r.request().postData() ?? "").includes("query GrowthOfCriterion"));
      await page.getByRole("button", { name: /Execute query/ }).click();
      const answer = (await (await answered).json()) as { data?: unknown; errors?: unknown };
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      await page.locator(".graphiql-response .view-line", { hasText: '"rows"' }).waitFor();

      await settled(page);
      await picture(page, `graphiql-${name}`);
    });
  });
}

test("the second tab asks for the ranking, by keyboard", async () => {
  await visit(desktop, async (page) => {
    await open(page);
    await page.getByRole("tab", { name: "RankingOfProvinces" }).click();
    const editor = page.locator(".graphiql-query-editor");
    await editor.locator(".view-line", { hasText: "rankedCount" }).click();
    await page.keyboard.press("Control+Enter");
    await page.locator(".graphiql-response .view-line", { hasText: '"rankedCount"' }).waitFor();
    await settled(page);
    await picture(page, "graphiql-ranking");
  });
});

test("the documentation opens on a phone and closes again", async () => {
  await visit(phone, async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().waitFor();
    await settled(page);
    await picture(page, "graphiql-phone-docs");
    await page.getByRole("button", { name: "Hide Documentation Explorer" }).click();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response .view-line", { hasText: '"rows"' }).waitFor();
  });
});

test("a question that another page hands over stands in the editor", async () => {
  await visit(desktop, async (page) => {
    const question = new URLSearchParams({ query: "query Handed($code: ID!) {\n  indicator(code: $code) { name }\n}", variables: '{"code": "population"}' });
    await page.goto(`${address}/graphiql?${question}`);
    await page.locator(".graphiql-query-editor .view-line", { hasText: "Handed" }).waitFor();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response .view-line", { hasText: "Dân số trung bình" }).waitFor();
  });
});

// open loads the page and waits until its editor can be typed into.
async function open(page: Page): Promise<void> {
  await page.goto(`${address}/graphiql`);
  await page.locator(".graphiql-query-editor .view-line", { hasText: "comparison" }).waitFor();
  await settled(page);
}
