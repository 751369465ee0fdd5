// Draws the pictures of the README: node tools/picture.mjs DIRECTORY, beside a running
// program whose address is in NIENGIAM_URL (make picture).
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

/** A picture by its file: what it shows, how high the window is, whether what is below it is drawn too, and what is there when it is drawn. */
const pictures = {
  "picture.png": { view: "?indicator=population&level=province&unit=89&units=89,91,92,96&year=2024&base=2019", height: 1000, fullPage: false, drawn: ".chart svg" },
  "map.png": { view: "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019&order=percent&view=map&lang=en", height: 900, fullPage: true, drawn: ".shapes .name" },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((file) => existsSync(file)),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  for (const [file, { view, height, fullPage, drawn }] of Object.entries(pictures)) {
    const page = await browser.newPage({ viewport: { width: 1280, height } });
    await page.goto(`${process.env.NIENGIAM_URL}/${view}`);
    await page.locator(drawn).first().waitFor();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: join(process.argv[2], file), fullPage });
    await page.close();
  }
} finally {
  await browser.close();
}
