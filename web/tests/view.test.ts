// From which point of view one looks: years, members, the units of another day. And a
// map of a workspace's own shapes, on a program of its own; the shapes are squares that
// this test makes, one short. The sample's own maps are in map.test.ts.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import type { Page } from "playwright-core";

import { address, barriers, desktop, looks, phone, picture, settled, visit } from "./browser";
import { keepSources, start, type Program } from "./program";

const headline = ".headline .big";

async function open(page: Page, state: string, home = address): Promise<void> {
  await page.goto(`${home}/${state}`);
  await page.locator(headline).waitFor();
  await settled(page);
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

test("“nhóm xã đạt chỉ tiêu 19.2” is found by these words, and shows 2020 against 2019", async () => {
  await visit(desktop, async (page) => {
    await page.goto(address);
    await page.getByLabel("Tìm chỉ tiêu").fill("nhóm xã đạt chỉ tiêu 19.2");
    await page.getByRole("status").filter({ hasText: "1 chỉ tiêu" }).waitFor({ state: "attached" });
    await page.getByRole("link", { name: /Xã đạt tiêu chí 19\.2/ }).click();
    await page.locator(headline, { hasText: "97/119 xã (81,5%)" }).waitFor();
    assert.equal(await page.locator(".headline .change").innerText(), "tăng 14 xã (tăng 11,8 điểm phần trăm) so với năm 2019");
  });
});

test("members of a dimension are chosen, stand in the address, the words, the question and the picture", async () => {
  await visit({ ...desktop, acceptDownloads: true }, async (page) => {
    await open(page, "?indicator=population-census&level=province&unit=89&units=89&year=2019&base=2009");
    assert.equal(await page.locator(headline).innerText(), "1.908.352 người");
    await page.getByLabel("giới tính").selectOption("female");
    await page.locator(headline, { hasText: "nữ: 960.782 người" }).waitFor();
    assert.equal(parameter(page, "members"), "sex:female");
    assert.match(await page.getByRole("textbox", { name: "Trích dẫn" }).inputValue(), /Tỉnh An Giang, năm 2019: nữ: 960\.782 người/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Hình SVG" }).click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /nữ: 960\.782/);
    const question = new URL((await page.getByRole("link", { name: "Truy vấn GraphQL" }).getAttribute("href"))!, page.url());
    assert.deepEqual(JSON.parse(question.searchParams.get("variables")!).scope, { breakdown: [{ dimension: "sex", members: ["female"] }] });
    await page.getByLabel("giới tính").selectOption("");
    await page.locator(headline, { hasText: "1.908.352 người" }).waitFor();
    assert.equal(parameter(page, "members"), null);
  });
});

test("on the units of 1 July 2025 there are 34 provinces, and An Giang is the new one", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&year=2024&base=2019&view=ranking&order=percent&lang=en");
    await page.getByText("63 of 63 units ranked").waitFor();
    await page.getByText("Years, units and day of publication").click();
    await page.getByLabel("Administrative units").selectOption("2025-07-01");
    await page.getByText("34 of 34 units ranked").waitFor();
    assert.equal(parameter(page, "basis"), "2025-07-01");
    const row = page.locator(".ranking tbody tr", { hasText: "An Giang" });
    assert.match(await row.innerText(), /^32\s+An Giang\s+3,679\.2 thousand people[\s\S]*up 1\.3%/);
    await page.getByText("Figures are carried to the units of 1 July 2025").waitFor();
    await row.getByRole("link", { name: "An Giang" }).click();
    await page.locator(".headline .who", { hasText: "An Giang Province, 2024 · on the units of 1 July 2025" }).waitFor();
    assert.match(await page.getByLabel("Citation").inputValue(), /on the units of 1 July 2025: 3,679\.2 thousand people/);
    // The picker offers the units of that day.
    await page.getByRole("button", { name: "+ Add a unit" }).click();
    await page.getByLabel("Find a unit").fill("kien giang");
    await page.getByText("There is no such unit", { exact: false }).waitFor();
  });
});

test("what is quoted says that it is provisional, and whether the base year is", async () => {
  await visit({ ...desktop, acceptDownloads: true }, async (page) => {
    const picture = async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /SVG/ }).click()]);
      return readFileSync(await download.path(), "utf8");
    };
    await open(page, "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019");
    assert.match(await page.getByRole("textbox", { name: "Trích dẫn" }).inputValue(), /Tỉnh An Giang, năm 2024: 1\.912,6 nghìn người \(sơ bộ\)\. Cục Thống kê .+ công bố ngày 31\/7\/2025\. Niengiam, phiên bản dữ liệu \d+\./);
    assert.match(await picture(), /1\.912,6 nghìn người \(sơ bộ\), tăng 5,2 nghìn người \(tăng 0,3%\) so với năm 2019</);
    await open(page, "?indicator=ntm&level=province&unit=89&units=89&year=2020&base=2019&lang=en");
    assert.match(await page.getByLabel("Citation").inputValue(), /2020: 61\/119 communes \(51\.3%\)\. Steering committees .+, published .+ Niengiam, data version \d+\./);
    assert.match(await picture(), /from 2019 \(2019: provisional\)</);
  });
});

test("a picture of a ranking names the publication of what it draws beside that of the figure it tells", async () => {
  const asked = `{ ranking(indicator: "ntm", level: "district", within: "89", year: 2020, baseYear: 2019) { release { published source { title(language: EN) } } }
    figure(indicator: "ntm", unit: "89", year: 2020) { release { published source { title(language: EN) } } } }`;
  const response = await fetch(`${address}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: asked }) });
  const { data } = (await response.json()) as { data: Record<"ranking" | "figure", { release: { published: string; source: { title: string } } }> };
  const told = [data.figure, data.ranking].map(({ release }) => release.source.title);
  assert.notEqual(told[0], told[1], "the sample no longer shows the difference");
  await visit({ ...desktop, acceptDownloads: true }, async (page) => {
    await open(page, "?indicator=ntm&level=district&within=89&unit=89&units=89&year=2020&base=2019&view=ranking&lang=en");
    await page.locator(".ranking tbody tr").nth(10).waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /SVG/ }).click()]);
    const words = readFileSync(await download.path(), "utf8").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    for (const title of told) assert.ok(words.includes(title), `${title} is not named`);
    assert.ok((await page.getByLabel("Citation").inputValue()).includes(told[0]!), "what is cited is the figure's own publication");
  });
});

test("a chart and a table reach over the years that were chosen", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019");
    await page.getByText("Khoảng năm, địa giới, ngày công bố").click();
    await page.getByLabel("Từ năm").selectOption("2015");
    await page.getByLabel("Đến năm").selectOption("2020");
    await page.locator(".numbers summary").click();
    await page.locator(".numbers tbody tr").nth(5).waitFor();
    assert.deepEqual(await page.locator(".numbers tbody th").allInnerTexts(), ["2015", "2016", "2017", "2018", "2019", "2020"]);
    assert.deepEqual([parameter(page, "from"), parameter(page, "to")], ["2015", "2020"]);
    await page.getByRole("link", { name: "Bảng", exact: true }).click();
    await page.locator(".years-table thead th").nth(6).waitFor();
    assert.equal(await page.locator(".years-table thead th").count(), 7);
  });
});

for (const [name, options] of [["desktop", desktop], ["phone", phone]] as const) {
  test(`the table opens at the year asked, and no number is cut at an edge: ${name}`, async () => {
    await visit(options, async (page) => {
      for (const [indicator, level, year] of [["population", "province", 2024], ["population", "province", 2016], ["ntm", "district", 2022]] as const) {
        await open(page, `?indicator=${indicator}&level=${level}&unit=89&units=89&year=${year}&base=2019&view=table`);
        await page.locator(".years-table tbody tr").nth(10).waitFor();
        const { asked, cut } = await page.locator(".years-table").evaluate((table) => {
          const [names, ...years] = [...table.querySelectorAll("thead th")].map((th) => ({ text: th.textContent, from: th.getBoundingClientRect().left, to: th.getBoundingClientRect().right, asked: th.classList.contains("asked") }));
          const box = table.getBoundingClientRect();
          return {
            asked: years.filter((th) => th.asked && th.from >= names!.to - 1 && th.to <= box.right + 1).map((th) => th.text),
            cut: years.filter((th) => [names!.to, box.right].some((edge) => th.from < edge - 1 && th.to > edge + 1)).map((th) => th.text),
          };
        });
        assert.deepEqual(asked, [String(year)]);
        assert.deepEqual(cut, []);
      }
    });
  });

  test(`a ranking says where the unit stands and goes to it, and by which measure: ${name}`, async () => {
    await visit(options, async (page) => {
      await open(page, "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019&view=ranking&order=percent");
      const row = page.locator(".ranking tbody tr", { hasText: "An Giang" });
      assert.match(await page.locator(".ranking tbody tr").first().innerText(), /Bình Dương[\s\S]*16,9%/);
      const seen = async () => {
        const [line, box] = [await row.boundingBox(), await page.locator(".ranking").boundingBox()];
        return line!.y >= box!.y && line!.y + line!.height <= box!.y + box!.height;
      };
      assert.equal(await seen(), false);
      await page.getByRole("button", { name: "An Giang: hạng 61" }).click();
      assert.equal(await seen(), true);
      assert.match(await page.locator(".ranking tfoot").innerText(), /Việt Nam[\s\S]*101\.343,8 nghìn người\s*p/, "the total is provisional as well");
      await page.getByText("p: sơ bộ", { exact: true }).waitFor();
    });
  });

  test(`the bars of a ranking are those of what it ranks by, and say so: ${name}`, async () => {
    await visit(options, async (page) => {
      const of = "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019&view=ranking";
      const told = async () => (await page.locator(".ranking thead, p:has(> .narrow)").allInnerTexts()).join(" ");
      const widths = async (column: string) => page.locator(`.ranking tbody tr ${column} .bar > span`).evaluateAll((bars) => bars.slice(0, 2).map((bar) => bar.getBoundingClientRect().width));
      await open(page, `${of}&order=percent`);
      assert.match(await told(), /thanh: tăng tương đối \(%\)/);
      assert.equal(await page.locator(".ranking .value .bar").count(), 0, "growth is drawn under numbers of people");
      const [first, second] = await widths(".changed");
      // Bình Dương grew by 16.9 %, Bắc Ninh by 12.2 %.
      assert.ok(Math.abs(second! / first! - 12.2 / 16.9) < 0.01, `${second} to ${first}`);
      assert.match(await page.locator(".ranking tbody tr").first().locator(".short").innerText(), /16,9%/);
      await open(page, of);
      assert.match(await told(), /thanh: giá trị/);
      assert.equal(await page.locator(".ranking .changed .bar").count(), 0);
      const [most, next] = await widths(".value");
      assert.ok(most! > next! && next! > 0);
    });
  });
}

// ---- the map

const codes = ["883", "884", "886", "887", "888", "889", "890", "891", "892", "893"]; // 894 has no shape
let program: Program;

/** Ten squares of four columns, each of a district. */
function squares(): string {
  const arcs = codes.map((_, i) => {
    const [x, y] = [105 + (i % 4) * 0.2, 10 + Math.floor(i / 4) * 0.2];
    return [[x, y], [x + 0.2, y], [x + 0.2, y + 0.2], [x, y + 0.2], [x, y]];
  });
  const geometries = codes.map((id, i) => ({ type: "Polygon", id, arcs: [[i]] }));
  return JSON.stringify({ type: "Topology", arcs, objects: { districts: { type: "GeometryCollection", geometries } } });
}

before(async () => {
  program = await start({
    change(dir) {
      keepSources(dir, "population", "census");
      writeFileSync(join(dir, "maps/squares.topojson"), squares());
      const manifest = readFileSync(join(dir, "niengiam.yaml"), "utf8");
      writeFileSync(join(dir, "niengiam.yaml"), `${manifest.replace(/^maps:\n(?: .*\n)+/m, "")}\nmaps:\n  - code: squares\n    level: district\n    file: maps/squares.topojson\n    valid_to: 2025-07-01\n    source: {title: Synthetic squares, url: "https://example.org/squares"}\n`);
    },
  });
});
after(() => program?.stop());

const mapOf = "?indicator=population-census&level=district&unit=893&units=893&year=2019&base=2009&view=map";

for (const { name, lang, options } of looks) {
  test(`a map of the workspace's shapes: ${name}`, async () => {
    await visit({ ...options, bypassCSP: true }, async (page) => {
      await open(page, `${mapOf}&lang=${lang}`, program.address);
      await page.locator(".shapes .shape").nth(9).waitFor();
      assert.equal(await page.locator(".shapes .shape").count(), 10);
      assert.match(await page.locator(".shapes").textContent() ?? "", /Chợ Mới/);
      assert.match(await page.locator(".credit").innerText(), /Synthetic squares/);
      assert.match(await page.locator(".reading").innerText(), lang === "en" ? /Chợ Mới: 307,981 people/ : /Chợ Mới: 307\.981 người/);
      // Classes are as many as on tiles, and their edges the figures themselves.
      assert.match(await page.locator(".legend li").last().innerText(), lang === "en" ? /272,365 – 307,981/ : /272\.365 – 307\.981/);
      // Who has no shape is not left out.
      assert.match(await page.locator(".off").innerText(), lang === "en" ? /1 unit has no shape on the map[\s\S]*Thoại Sơn/ : /1 đơn vị không có hình trên bản đồ[\s\S]*Thoại Sơn/);
      await picture(page, `map-${name}`, true);
      await barriers(page);
    }, { home: program.address });
  });
}

test("the map is one stop for the keyboard, and the arrows go from unit to unit", async () => {
  await visit(desktop, async (page) => {
    await open(page, mapOf, program.address);
    await page.locator(".shapes .shape").nth(9).waitFor();
    assert.equal(await page.locator(".shapes [tabindex='0']").count(), 1);
    await page.locator(".shapes [tabindex='0']").focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator(".reading", { hasText: /^Châu Thành: 151\.368 người/ }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(".reading", { hasText: "Chợ Mới" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-code")), "893");
  }, { home: program.address });
});

test("a unit that is pressed is read out, and leads to its chart; the picture has shapes and who drew them", async () => {
  await visit({ ...desktop, acceptDownloads: true }, async (page) => {
    await open(page, mapOf, program.address);
    await page.locator(".shapes [data-code='883']").click();
    await page.locator(".reading", { hasText: "Long Xuyên" }).waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Hình SVG" }).click()]);
    const svg = readFileSync(await download.path(), "utf8");
    for (const text of [/Synthetic squares/, /Chợ Mới/, /Dân số theo tổng điều tra/]) assert.match(svg, text);
    assert.equal(svg.match(/data-code="/g)?.length, 10);
    await page.locator(".reading").getByRole("link", { name: "Long Xuyên" }).click();
    await page.locator(".headline .who", { hasText: "Thành phố Long Xuyên" }).waitFor();
  }, { home: program.address });
});

test("where the shapes cannot be had there are tiles, and the page says so", async () => {
  await visit(desktop, async (page) => {
    await page.route("**/maps/**", (route) => route.abort());
    await open(page, mapOf, program.address);
    await page.getByText("Không tải được hình bản đồ").waitFor();
    assert.equal(await page.locator(".tile").count(), 11);
  }, { home: program.address, complain: /ERR_FAILED/, fresh: true });
});

test("on days that the map does not show there are tiles", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019&view=map", program.address);
    await page.locator(".tile").nth(62).waitFor();
    assert.equal(await page.locator(".shapes").count(), 0);
  }, { home: program.address });
});
