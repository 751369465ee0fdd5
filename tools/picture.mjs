// Draws a picture of the page with its first answer: node tools/picture.mjs FILE.png,
// beside a running program whose address is in NIENGIAM_URL (make picture).
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${process.env.NIENGIAM_URL}/graphiql`);
  await page.locator(".graphiql-query-editor .view-line", { hasText: "comparison" }).waitFor();
  await page.getByRole("button", { name: /Execute query/ }).click();
  await page.locator(".graphiql-response .view-line", { hasText: '"rows"' }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: process.argv[2] });
} finally {
  await browser.close();
}
