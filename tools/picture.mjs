// Draws a picture of the explorer with a figure and its change: node tools/picture.mjs FILE.png,
// beside a running program whose address is in NIENGIAM_URL (make picture).
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const view = "?indicator=population&level=province&unit=89&units=89,91,92,96&year=2024&base=2019";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(`${process.env.NIENGIAM_URL}/${view}`);
  await page.locator(".chart svg").waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: process.argv[2] });
} finally {
  await browser.close();
}
