// What the pages are where there is nothing to show: a workspace without anything, an
// engine that is dead at the first look or dies under the reader's eyes, a question that
// is refused. All of it on real programs; nothing answers in their place.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import type { Page } from "playwright-core";

import { address, barriers, desktop, phone, picture, settled, visit } from "./browser";
import { start, type Program } from "./program";

// A picture of the state, without barriers; the page is never a blank.
async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  await picture(page, `state-${name}`);
  assert.ok((await page.locator("main").innerText()).trim().length > 20, "the page is a blank");
  assert.equal(await page.locator("h1").count(), 1, "a page has one title");
  await barriers(page);
}

// The program waits some seconds for an engine that is on its way: the page says that it waits.
async function waits(page: Page, name: string): Promise<void> {
  const told = page.locator(".waiting p");
  await told.waitFor();
  await page.waitForFunction(() => getComputedStyle(document.querySelector(".waiting p")!).opacity === "1");
  assert.match(await told.innerText(), /^(Đang tải…|Loading…)$/);
  await picture(page, `state-waiting-${name}`);
}

const pages = { explorer: "/", indicator: "/?indicator=population", dashboards: "/dashboard/", dashboard: "/dashboard/an-giang-2020", jobs: "/jobs/", briefing: "/briefing", "briefing-unit": "/briefing?unit=89&year=2020" };

test("a workspace without anything", async (t) => {
  const empty = await start({
    change(dir) {
      for (const entry of readdirSync(dir)) rmSync(join(dir, entry), { recursive: true });
      writeFileSync(join(dir, "niengiam.yaml"), "workspace: empty\ntitle: {vi: Chưa có gì, en: Nothing yet}\ntime_zone: Asia/Ho_Chi_Minh\ncatalogue: {levels: levels.yaml, topics: topics.yaml, indicators: [], units: []}\nsources: []\n");
      writeFileSync(join(dir, "levels.yaml"), "levels: []\n");
      writeFileSync(join(dir, "topics.yaml"), "topics: []\n");
      mkdirSync(join(dir, "data"));
    },
  });
  t.after(() => empty.stop());
  for (const [name, path] of Object.entries(pages)) {
    for (const lang of ["vi", "en"]) {
      await t.test(`${name}, ${lang}`, async () => {
        const says = {
          explorer: { vi: "Chưa có chỉ tiêu nào", en: "There are no indicators yet" },
          indicator: { vi: "Không có chỉ tiêu mã “population”", en: "No indicator has the code “population”" },
          dashboards: { vi: "Chưa có bảng theo dõi nào", en: "There are no dashboards yet" },
          dashboard: { vi: "Không có số liệu cho lựa chọn này", en: "No data for this choice" },
          jobs: { vi: "Chưa có nguồn số liệu nào", en: "There are no sources yet" },
          briefing: { vi: "Chưa có gì để báo cáo", en: "Nothing to tell yet" },
          "briefing-unit": { vi: "Chưa có gì để báo cáo", en: "Nothing to tell yet" },
        }[name]![lang as "vi"];
        await visit({ ...(lang === "en" ? phone : desktop), bypassCSP: true }, async (page) => {
          await page.goto(`${empty.address}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
          await page.getByRole("heading", { name: says }).first().waitFor();
          await look(page, `empty-${name}-${lang}`);
        }, { home: empty.address });
      });
    }
  }
});

// Each with words of the page's language, and none of the other's.
const refused: [name: string, path: string, vi: RegExp, en: RegExp][] = [
  ["unknown-indicator", "/?indicator=no-such-thing", /Không có chỉ tiêu mã “no-such-thing”/, /No indicator has the code “no-such-thing”/],
  ["unknown-level", "/?indicator=population&level=provinse&unit=89&units=89&view=ranking&year=2024", /không có cấp nào mang mã “provinse”/, /no level has the code "provinse"/],
  ["unknown-unit", "/?indicator=population&level=province&unit=9999&units=9999&year=2024", /không có đơn vị nào mang mã “9999”/, /no unit has the code "9999"/],
  ["ended-level", "/?indicator=ntm&level=district&unit=89&units=89&view=ranking&year=2026&base=2019", /chỉ tiêu có số liệu các năm|không có đơn vị cấp “district”/, /it has figures for|there are no units of the level/],
  ["same-year", "/?indicator=population&level=province&unit=89&units=89&year=2024&base=2024", /năm gốc trùng với năm được hỏi/, /the base year is the year asked/],
  ["unknown-dashboard", "/dashboard/an-giang-2021?", /không có bảng theo dõi nào mang mã “an-giang-2021”/, /no dashboard has the code "an-giang-2021"/],
  ["briefing-unknown-unit", "/briefing?unit=8899&year=2020", /không có đơn vị nào mang mã “8899”/, /no unit has the code "8899"/],
  ["briefing-unknown-year", "/briefing?unit=89&year=abcd", /“abcd” không phải là năm/, /"abcd" is not a year/],
];
for (const [name, path, vi, en] of refused) {
  for (const [lang, says] of [["vi", vi], ["en", en]] as const) {
    test(`refused in the language of the page: ${name}, ${lang}`, async () => {
      await visit({ ...(lang === "en" ? phone : desktop), bypassCSP: true }, async (page) => {
        await page.goto(`${address}${path}&lang=${lang}`);
        await page.locator("main").getByText(says).first().waitFor();
        await look(page, `refused-${name}-${lang}`);
      }, { complain: /40[04]/ });
    });
  }
}

test("where the comparison is refused the lines stand, and where a unit of the chart is refused the comparison stands", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${address}/?indicator=population&level=province&unit=89&units=89,91&year=2024&base=2024&lang=en`);
    await page.locator("main").getByText(/the base year is the year asked/).waitFor();
    await page.locator(".chart svg").first().waitFor();
    assert.equal(await page.locator(".headline .big").count(), 0);
    await look(page, "refused-comparison-alone");
    await page.goto(`${address}/?indicator=population&level=province&unit=89&units=89,9999&year=2024&base=2019&lang=en`);
    await page.locator("main").getByText(/no unit has the code "9999"/).waitFor();
    assert.match(await page.locator(".headline .big").innerText(), /people|persons/);
    await look(page, "refused-lines-alone");
  });
});

test("a missing figure says that it is missing, and why", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${address}/?indicator=criterion-19-2&level=province&unit=89&units=89&year=2020&base=2019&asof=2020-12-31`);
    await page.locator("main").getByText(/chưa có số liệu|không có số liệu|chưa công bố/).first().waitFor();
    await look(page, "missing-explorer");
    await page.goto(`${address}/briefing?unit=89&year=2023`);
    await page.locator("main").getByText(/chưa có số liệu/).first().waitFor();
    await look(page, "missing-briefing");
  });
});

let mortal: Program;
before(async () => {
  mortal = await start();
});
after(() => mortal?.stop());

const dead = { vi: /Không truy cập được số liệu/, en: /Data unavailable/ };
const complain = { complain: /50[0-9]/ };

test("an engine that dies while one reads, and comes back", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${mortal.address}/?indicator=population&year=2024&base=2019&level=province&unit=89&units=89`);
    await page.locator(".headline .big").waitFor();
    mortal.killEngine();
    try {
      // What was read stays in memory, and a question that needs the engine says what is the matter.
      await page.goto(`${mortal.address}/?indicator=paddy-area&lang=vi`);
      await page.getByRole("heading", { name: dead.vi }).first().waitFor();
      await look(page, "down-explorer");
      // Each page waits for the engine for some seconds before it gives up: all of them at once.
      const others = [["dashboard", "/dashboard/an-giang-2020?asof=2021-06-30"], ["jobs", "/jobs/?"], ["briefing", "/briefing?unit=89&year=2020"]]
        .flatMap(([name, path]) => (["vi", "en"] as const).map((lang) => ({ name, path, lang })));
      await Promise.all(others.map(async ({ name, path, lang }) => {
        const other = await page.context().newPage();
        await other.goto(`${mortal.address}${path}&lang=${lang}`);
        if (name === "jobs") await waits(other, `${name}-${lang}`);
        await other.getByRole("heading", { name: dead[lang] }).first().waitFor();
        await look(other, `down-${name}-${lang}`);
        await other.close();
      }));
      await page.goto(`${mortal.address}/jobs/`);
      await page.getByRole("button", { name: "Thử lại" }).first().waitFor();
    } finally {
      mortal.revive();
    }
    // It is started anew by the program itself; asking again is all that one does.
    await assert.doesNotReject(async () => {
      const again = page.getByRole("button", { name: "Thử lại" }); // one for each question without an answer
      for (let i = 0; i < 400 && ((await again.count()) > 0 || (await page.locator(".jobs").count()) === 0); i++) {
        if (await again.count()) await again.first().click({ timeout: 1_000 }).catch(() => undefined); // it is gone once the answer is there
        await page.waitForTimeout(200);
      }
      await page.getByRole("heading", { name: "Cập nhật số liệu" }).waitFor({ timeout: 5_000 });
    });
    await page.goto(`${mortal.address}/?indicator=paddy-area`);
    await page.locator(".headline .big").waitFor();
  }, { ...complain, home: mortal.address });
});

// The last one of its program.
test("a program that is gone", async () => {
  await visit({ ...phone, bypassCSP: true }, async (page) => {
    await page.goto(`${mortal.address}/?indicator=population&year=2024&base=2019&level=province&unit=89&units=89`);
    await page.locator(".headline .big").waitFor();
    await mortal.stop();
    await page.getByLabel("Năm", { exact: true }).selectOption("2022");
    await page.getByRole("heading", { name: dead.vi }).first().waitFor();
    await look(page, "gone-explorer-phone");
  }, { complain: /Failed to load|ERR_CONNECTION/, home: mortal.address });
});
