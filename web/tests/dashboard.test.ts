// The dashboard of a running server: what a leader sees of An Giang in 2020, on every
// screen and on paper, what a tile says that has no answer, and the page's budget.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Page } from "playwright-core";

import { address, barriers, desktop, looks, phone, picture, results, settled, shifts, visit, watchShifts } from "./browser";

const board = `${address}/dashboard/an-giang-2020`;

// open goes to the screen and waits for all of it.
async function open(page: Page, query = "", screen = board): Promise<void> {
  await page.goto(screen + query);
  await page.locator(".tile").last().waitFor();
  await settled(page);
}

test("a leader finds the dashboard and reads what the article says, points called points", async () => {
  await visit(desktop, async (page) => {
    await page.goto(address);
    await page.getByRole("link", { name: "Bảng theo dõi" }).click();
    await page.getByRole("link", { name: "An Giang 2020: nông thôn mới và an ninh, trật tự" }).click();
    const tile = page.getByRole("region", { name: "Xã đạt tiêu chí 19.2 về an ninh, trật tự" });
    await tile.getByText("97/119 xã (81,5%)").waitFor();
    assert.match(await tile.innerText(), /tăng 14 xã \(tăng 11,8 điểm phần trăm\) so với năm 2019/);
    const ranking = page.getByRole("region", { name: "Các huyện theo số dân, tổng điều tra 2019" });
    assert.equal(await ranking.locator("tbody tr").count(), 11);
    assert.match(await ranking.locator("tbody tr").first().innerText(), /^1\s+Chợ Mới\s+307\.981 người/);
    assert.match(await ranking.locator("tfoot").innerText(), /An Giang\s+1\.908\.352 người/);
    const targets = page.getByRole("region", { name: "Chỉ tiêu phấn đấu: đang ở đâu" });
    assert.equal(await targets.locator("li").count(), 6);
    assert.match(await targets.locator("li").first().innerText(), /^✓\s+Đạt\s+Hằng năm[\s\S]*97\/119 xã \(81,5%\); đạt mục tiêu ít nhất 80%/);
    assert.equal(await targets.getByText("Không đạt", { exact: true }).count(), 0, "what was not due is not missed");
    const churn = page.getByRole("region", { name: "Những xã được công nhận từ năm 2015" });
    assert.match(await churn.innerText(), /Mới đạt 26[\s\S]*Mỹ Khánh[\s\S]*Không còn đạt 0/);
    const heat = page.getByRole("region", { name: "19 tiêu chí theo huyện" });
    // Only of criterion 19.2 anything is known, and that of the province alone: a line says so.
    assert.deepEqual(await heat.locator("> :not(header, footer)").allInnerTexts(), ["Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016–2020: chưa có số liệu từng xã về tiêu chí nào trong 19 tiêu chí. An Giang, tiêu chí 19.2: 97/119 xã (81,5%)."]);
    assert.doesNotMatch(await page.locator("main").innerText(), /ít nhất 0/);
    assert.match(await page.locator(".board-notes").innerText(), /47\/118 xã[\s\S]*Công bố gần nhất của các số liệu này: 16\/5\/2022, Ủy ban nhân dân tỉnh An Giang\. Phiên bản dữ liệu \d+\./);
  });
});

test("one screen is one question", async () => {
  await visit(desktop, async (page) => {
    let asked = 0;
    page.on("request", (request) => (asked += request.url().endsWith("/graphql") ? 1 : 0));
    await open(page);
    assert.equal(asked, 1);
  }, { fresh: true });
});

test("a tile leads to the explorer at the same state", async () => {
  await visit(desktop, async (page) => {
    await open(page);
    await page.getByRole("link", { name: "Mở trong Khám phá: Xã đạt tiêu chí 19.2 về an ninh, trật tự" }).click();
    await page.locator(".headline .big", { hasText: "97/119 xã (81,5%)" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Mở trong Khám phá: Các huyện theo tỷ lệ xã đạt chuẩn nông thôn mới" }).click();
    await page.getByText("Xếp hạng 3 trên 11 đơn vị ·").waitFor();
  });
});

test("years are chosen by keyboard and stand in the address; a tile without an answer says so in its place", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await open(page);
    await page.getByLabel("Năm", { exact: true }).focus();
    await page.getByLabel("Năm", { exact: true }).selectOption("2018");
    await page.getByText("78/119 xã (65,5%)").first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get("year"), "2018");
    await open(page, "?year=2012");
    const without = page.getByRole("region", { name: "Xã đạt tiêu chí 19.2 về an ninh, trật tự" });
    assert.match(await without.innerText(), /Không có số liệu cho ô này[\s\S]*criterion-19-2 không có số liệu năm 2012[\s\S]*UNKNOWN_YEAR/);
    assert.match(await page.getByRole("region", { name: "Các huyện theo số dân, tổng điều tra 2019" }).innerText(), /307\.981 người/);
    await picture(page, "dashboard-refused", true);
    await barriers(page);
    await without.getByRole("button", { name: "2018" }).click();
    await page.getByText("78/119 xã (65,5%)").first().waitFor();
  });
});

test("as of a day, what was not yet published is missing", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?asof=2020-12-31&lang=en");
    const tile = page.getByRole("region", { name: "Communes that meet criterion 19.2, security and order" });
    assert.match(await tile.innerText(), /no figure|no figures/);
    assert.match(await page.locator(".board-notes").innerText(), /As published on 31 December 2020/);
    await picture(page, "dashboard-missing", true);
  });
});

test("another dashboard's name is offered, and taking it mends the address", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${address}/dashboard/an-giang-2021`);
    await page.getByRole("button", { name: "an-giang-2020" }).click();
    await page.locator(".tile").last().waitFor();
  });
});

// The sample has no commune of which a criterion is known: known states, and counts of
// them, are put into the real answer.
test("the heat map tells met, not met and not known by signs and numbers, not by colour alone", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.route("**/graphql", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { dashboard: { tiles: { scorecard: { rows: { criteria: Record<string, unknown>[] }[] } | null }[] } } };
      const rows = answer.data.dashboard.tiles.flatMap(({ scorecard }) => [...(scorecard?.rows.entries() ?? [])]);
      for (const [i, { criteria }] of rows) for (const [j, cell] of criteria.entries()) {
        if (i < 3) cell.state = ["MET", "NOT_MET", "UNKNOWN"][(i + j) % 3];
        else Object.assign(cell, { met: (i * j) % 13, notMet: 12 - ((i * j) % 13), unknown: j % 5 === 0 ? 2 : 0, current: null });
      }
      await route.fulfill({ response, json: answer });
    });
    await open(page);
    const row = (i: number) => page.locator(".heat tbody tr").nth(i).locator("td");
    assert.deepEqual((await row(0).allInnerTexts()).slice(0, 3).map((text) => text.trim().split(/\s/)[0]), ["✓", "✕", "?"]);
    assert.equal(await row(0).nth(1).locator(".hidden").textContent(), "không đạt");
    assert.equal(await row(4).nth(2).locator(".hidden").textContent(), "8 đạt, 4 không đạt, 0 chưa rõ");
    await page.locator(".scorecard").screenshot({ path: `${results}dashboard-heat.png` });
    await barriers(page);
  }, { fresh: true });
});

test("its text grows, and it prints on one page", async () => {
  await visit(desktop, async (page) => {
    await open(page);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const plain = await size();
    await page.getByRole("link", { name: "A+" }).click();
    await page.waitForURL(/size=2/);
    assert.ok((await size()) > plain * 1.2, "the text has not grown");
    await page.getByRole("link", { name: "A−" }).click();
    await page.waitForURL(/size=0/);
    assert.ok((await size()) < plain, "the text has not shrunk");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".choices").isVisible(), false);
    const paper = (await page.pdf({ path: `${results}dashboard.pdf`, preferCSSPageSize: true })).toString("latin1");
    assert.equal(paper.match(/\/Type\s*\/Page\b/g)?.length, 1, "it is not one page");
  }, { fresh: true });
});

for (const { name, lang, options } of looks) {
  test(`${name}: fits, has no barriers and does not jump`, async () => {
    await visit({ ...options, bypassCSP: true }, async (page) => {
      await watchShifts(page);
      await open(page, `?lang=${lang}`);
      assert.equal(await page.locator("html").getAttribute("lang"), lang);
      assert.match(await page.locator(".tile.headline .big").first().innerText(), lang === "en" ? /97\/119 communes \(81\.5%\)/ : /97\/119 xã \(81,5%\)/);
      assert.equal(await shifts(page), 0, "the layout moved under the reader");
      await picture(page, `dashboard-${name}`, true);
      await barriers(page);
    }, { fresh: true });
  });
}

// The one question stands on two tiles, once with values of its own.
for (const lang of ["vi", "en"]) {
  test(`tiles of saved questions, ${lang}: the whole level stays whole, and the year is the dashboard's`, async () => {
    await visit({ ...phone, bypassCSP: true }, async (page) => {
      const vi = lang === "vi";
      await open(page, `?lang=${lang}`, `${address}/dashboard/population`);
      const fastest = page.getByRole("region", { name: vi ? "Năm tỉnh tăng nhanh nhất" : "The five provinces that grew fastest" });
      assert.equal(await fastest.locator("tbody tr").count(), 5);
      assert.match(await fastest.innerText(), vi ? /Xếp hạng 63 trên 63[\s\S]*1\s+Bình Dương[\s\S]*tăng 16,9%/ : /63 of 63[\s\S]*1\s+Bình Dương[\s\S]*up 16\.9%/);
      // A ranking by growth draws growth, says so, and tells it before the number of people.
      assert.match(await fastest.innerText(), vi ? /thanh: tăng tương đối \(%\)[\s\S]*Bình Dương\s+tăng 414,3 nghìn người \(tăng 16,9%\) so với năm 2019\s+2\.870,6/ : /bars: relative increase \(%\)[\s\S]*Bình Dương\s+up 414\.3 thousand people \(up 16\.9%\) from 2019\s+2,870\.6/);
      const delta = page.getByRole("region", { name: vi ? "Các tỉnh Đồng bằng sông Cửu Long theo mức tăng" : "The provinces of the Mekong Delta by growth" });
      assert.equal(await delta.locator("tbody tr").count(), 13);
      assert.match(await delta.locator("tbody tr").nth(10).innerText(), /^11\s+An Giang/);
      assert.match(await page.locator(".board-notes").innerText(), vi ? /Số liệu năm 2024 là sơ bộ/ : /Figures of 2024 are provisional/);
      await picture(page, `dashboard-population-phone-${lang}`, true);
      await barriers(page);
      await open(page, `?lang=${lang}&year=2019&base=2015&unit=R4`, `${address}/dashboard/population`);
      assert.match(await fastest.innerText(), vi ? /Xếp hạng 5 trên 5[\s\S]*Tây Nguyên/ : /5 of 5[\s\S]*Central Highlands/);
      assert.match(await delta.innerText(), vi ? /Xếp hạng 13 trên 13/ : /13 of 13/);
    });
  });
}

test("the list of dashboards has no barriers", async () => {
  await visit({ ...phone, bypassCSP: true }, async (page) => {
    await page.goto(`${address}/dashboard/?lang=en`);
    await page.getByRole("link", { name: /^An Giang 2020/ }).waitFor();
    await settled(page);
    await picture(page, "dashboards-phone-en");
    await barriers(page);
  });
});
