// A leader opens the briefing, enlarges its text and prints it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { address, barriers, desktop, phone, picture, results, visit } from "./browser";

const briefing = `${address}/briefing?unit=89&year=2020`;

for (const [name, options, query, says] of [
  ["desktop", desktop, "", "97/119 xã (81,5%)"],
  ["phone", phone, "&lang=en", "97/119 communes (81.5%)"],
  ["dark", { ...desktop, colorScheme: "dark" as const }, "&size=2", "tăng 14 xã (tăng 11,8 điểm phần trăm)"],
] as const) {
  test(`the briefing says what the article says: ${name}`, async () => {
    // The pages run no script, so the policy is lifted for axe's own.
    await visit({ ...options, bypassCSP: true }, async (page) => {
      await page.goto(briefing + query);
      await page.getByText(says).first().waitFor();
      await barriers(page);
      await picture(page, `briefing-${name}`, true);
      // It leads where the other pages lead, by the same names.
      const pages = () => page.locator("header nav a").evaluateAll((links) => links.map((a) => `${a.textContent} ${(a as HTMLAnchorElement).pathname}`));
      const here = await pages();
      await page.locator("header nav a").first().click();
      await page.locator(".topics").waitFor();
      assert.deepEqual(here, await pages());
    });
  });
}

test("its text grows, and it prints on one page", async () => {
  await visit(desktop, async (page) => {
    await page.goto(briefing);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const plain = await size();
    await page.getByRole("link", { name: "A+" }).click();
    await page.waitForURL(/size=2/);
    assert.ok((await size()) > plain * 1.25, "the text has not grown");
    await page.getByRole("link", { name: "A−" }).click();
    await page.waitForURL(/size=0/);
    assert.ok((await size()) < plain, "the text has not shrunk");
    const paper = (await page.pdf({ path: `${results}briefing.pdf`, preferCSSPageSize: true })).toString("latin1");
    assert.equal(paper.match(/\/Type\s*\/Page\b/g)?.length, 1, "it is not one page");
  });
});

test("a unit that there is not, and the choice of one, are pages", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${address}/briefing?unit=8899&year=2020`);
    await page.getByRole("heading", { name: "Không có đơn vị này" }).waitFor();
    await barriers(page);
    await page.getByRole("link", { name: "Báo cáo nhanh của đơn vị nào?" }).click();
    await page.getByLabel("Năm", { exact: true }).fill("2020");
    await barriers(page);
    await page.getByRole("button", { name: "Xem báo cáo nhanh" }).click();
    await page.getByText("97/119 xã (81,5%)").first().waitFor();
  }, { complain: /404/ });
});
