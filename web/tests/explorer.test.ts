// The explorer of a running server: journeys, both languages and desktop,
// dark and print, what is shown where there is nothing, and barriers. Thousands of units
// are in large.test.ts, what it costs in budget.test.ts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import type { Page } from "playwright-core";

import { address, barriers, desktop, looks, picture, results, settled, shifts, visit, watchShifts } from "./browser";

const headline = ".headline .big";

test("an analyst finds criterion 19.2, compares 2020 with 2019, sees the cell and takes the figures along", async () => {
  await visit({ ...desktop, acceptDownloads: true }, async (page) => {
    await page.goto(address);
    await page.getByLabel("Tìm chỉ tiêu").fill("xa dat tieu chi 19.2");
    await page.getByRole("status").filter({ hasText: "1 chỉ tiêu" }).waitFor({ state: "attached" });
    await page.getByRole("link", { name: /Xã đạt tiêu chí 19\.2/ }).click();
    await page.locator(headline).waitFor();
    assert.equal(await page.locator(".headline .who").innerText(), "Tỉnh An Giang, năm 2020");
    assert.equal(await page.locator(headline).innerText(), "97/119 xã (81,5%)");
    assert.equal(await page.locator(".headline .change").innerText(), "tăng 14 xã (tăng 11,8 điểm phần trăm) so với năm 2019");
    assert.equal(await page.getByLabel("So với năm").inputValue(), "2019");
    // What one sends is what one saw.
    const state = new URL(page.url()).searchParams;
    assert.deepEqual([state.get("unit"), state.get("year"), state.get("base"), state.get("level")], ["89", "2020", "2019", "province"]);

    await page.locator(".headline .figure").click();
    const dialog = page.getByRole("dialog", { name: "Nguồn của số liệu" });
    await dialog.getByText("97 / 119").waitFor();
    assert.match(await dialog.innerText(), /data\/criterion_19_2\.csv\s+dòng \d+, cột “met”/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Excel" }).click()]);
    const sheets = unzip(readFileSync(await download.path()));
    const text = [...sheets.values()].join("\n");
    assert.ok(sheets.has("xl/workbook.xml"), [...sheets.keys()].join());
    assert.match(text, /97\/119 xã \(81,5%\)/);
    assert.match(text, /<v>97<\/v>/);
  });
});

test("back and forward go through what was chosen", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population");
    await page.getByLabel("Năm", { exact: true }).selectOption("2022");
    await page.locator(".headline .who", { hasText: "năm 2022" }).waitFor();
    await page.getByRole("link", { name: "Xếp hạng" }).click();
    await page.getByText("Xếp hạng 63 trên 63 đơn vị").waitFor();
    await page.goBack();
    await page.locator(".chart svg").waitFor();
    await page.goBack();
    await page.locator(".headline .who", { hasText: "năm 2024" }).waitFor();
    await page.goForward();
    await page.locator(".headline .who", { hasText: "năm 2022" }).waitFor();
    // The same address in another browser shows the same.
    const shared = page.url();
    await visit(desktop, async (other) => {
      await other.goto(shared);
      await other.locator(".headline .who", { hasText: "năm 2022" }).waitFor();
    });
  });
});

test("as of a day, the answer is that of the day", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=criterion-19-2&level=province&unit=89&units=89&year=2019&base=2018&asof=2020-12-31");
    assert.equal(await page.locator(headline).innerText(), "97/119 xã (81,5%)");
    await open(page, "?indicator=criterion-19-2&level=province&unit=89&units=89&year=2019&base=2018");
    assert.equal(await page.locator(headline).innerText(), "83/119 xã (69,7%)");
  });
});

test("the ranking by growth has Bình Dương first and An Giang 61st", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${address}/?indicator=population&view=ranking&order=percent&year=2024&base=2019&level=province&lang=en`);
    const rows = page.locator(".ranking tbody tr");
    await rows.first().waitFor();
    assert.match(await rows.nth(0).innerText(), /^1\s+Bình Dương\s+2,870\.6 thousand people/);
    assert.match(await rows.nth(60).innerText(), /^61\s+An Giang/);
    assert.match(await rows.nth(60).innerText(), /up 5\.2 thousand people \(up 0\.3%\) from 2019/);
  });
});

test("a unit is added to the chart by keyboard alone", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&level=province&unit=89&units=89&year=2024&base=2019");
    await page.getByRole("button", { name: "+ Thêm đơn vị" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Thêm đơn vị" }).waitFor();
    await page.getByLabel("Tìm đơn vị").focus();
    await page.keyboard.type("kien giang");
    await page.getByRole("button", { name: /Kiên Giang/ }).waitFor();
    await page.keyboard.press("Tab");
    while (!(await page.evaluate(() => document.activeElement?.textContent?.includes("Kiên Giang")))) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".line-2", { hasText: "Kiên Giang" }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("units"), "89,91");
  });
});

// What each view's picture says: its title, a figure, the names of its parts.
const pictures: Record<string, RegExp[]> = {
  "view=chart&units=89,91": [/An Giang/, /Kiên Giang/, /2022/],
  "view=ranking": [/Xếp hạng 63 trên 63 đơn vị/, />Hạng</, /9\.543,6/, /Hồ Chí Minh/, /60 dòng trên tổng số 63/],
  "view=map": [/Nghệ An/, /Hoàng Sa/, /censusVN2009 © 2017 Marc Choisy \(MIT\)/, /1\.890,4 – 9\.543,6/],
  "view=table": [/>2019</, /An Giang/, /60 dòng trên tổng số 63/],
};
for (const [query, said] of Object.entries(pictures)) {
  test(`${query}: saved as SVG and PNG, with its title and release`, async () => {
    await visit({ ...desktop, acceptDownloads: true }, async (page) => {
      await open(page, `?indicator=population&level=province&unit=89&year=2024&base=2019&${query}`);
      await page.locator(".chart svg, .ranking tbody th, .years-table tbody th, .shapes").first().waitFor();
      await settled(page);
      const save = async (kind: string) => {
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Hình ${kind}` }).click()]);
        await download.saveAs(`${results}picture-${query.slice(5, 10)}.${kind.toLowerCase()}`);
        return readFileSync(await download.path());
      };
      const svg = (await save("SVG")).toString();
      for (const text of [/Dân số trung bình/, /công bố/, ...said]) assert.match(svg, text);
      assert.doesNotMatch(svg, /var\(|foreignObject/, "it needs a style sheet or a browser");
      assert.doesNotMatch(svg, /<text[^>]*>\s|\s<\/text>/, "a space at an end is measured and not drawn");
      const left = (text: string) => svg.match(new RegExp(`<text x="([^"]+)"[^>]*>${text}<`))?.[1];
      if (query === "view=table") assert.equal(left("Đơn vị"), left("Việt Nam"), "the head of the names is not above them");
      const png = await save("PNG");
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      assert.ok(png.readUInt32BE(16) > 1500, "a PNG has two dots for one of the screen");
      assert.equal(await page.locator(".spread").count(), 0, "the copy of the view is left behind");
    });
  });
}

test("the question opens in GraphiQL and is answered there", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&view=ranking&year=2024&base=2019&level=province");
    await page.getByRole("link", { name: "Truy vấn GraphQL" }).click();
    await page.locator(".graphiql-query-editor .view-line", { hasText: "query Order" }).waitFor();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response .view-line", { hasText: '"rankedCount"' }).waitFor();
  });
});

for (const [name, path, says] of [
  ["an unknown indicator", "?indicator=no-such-thing", /Không có chỉ tiêu mã “no-such-thing”/],
  ["a search that finds nothing", "", /Không có chỉ tiêu nào tên là “qqqq”/],
  ["a refused question", "?indicator=population&level=provinse&unit=89&units=89&view=ranking", /không có cấp nào mang mã/],
  ["a unit that is not there", "?indicator=population&level=province&unit=9999&units=9999&year=2024", /không có đơn vị nào mang mã/],
  ["a missing figure", "?indicator=criterion-19-2&level=province&unit=89&units=89&year=2020&base=2019&asof=2020-12-31", /chưa có|không có|thiếu|UNKNOWN_YEAR/i],
] as const) {
  test(`what is shown for ${name}`, async () => {
    await visit(desktop, async (page) => {
      await page.goto(`${address}/${path}`);
      if (path === "") await page.getByLabel("Tìm chỉ tiêu").fill("qqqq");
      await page.locator("main").getByText(says).first().waitFor();
      await settled(page);
      await picture(page, `explorer-${name.replaceAll(" ", "-")}`);
      await barriers(page);
    });
  });
}

test("a refused question offers the nearest name, and taking it mends the question", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${address}/?indicator=population&level=provinse&unit=89&units=89&view=ranking&year=2024`);
    await page.getByRole("button", { name: "province", exact: true }).click();
    await page.getByText("Xếp hạng 63 trên 63 đơn vị").waitFor();
  });
});

for (const view of ["", "chart", "ranking", "map", "table"]) {
  for (const { name, lang, options } of looks) {
    test(`${view || "catalogue"}, ${name}: fits, has no barriers and does not jump`, async () => {
      await visit(options, async (page) => {
        await watchShifts(page);
        await page.goto(`${address}/?${view && `indicator=population&view=${view}&year=2024&base=2019&level=province&unit=89&units=89,91,79,01`}${lang === "en" ? "&lang=en" : ""}`);
        await page.locator({ "": ".topics", chart: ".chart svg", ranking: ".ranking tbody tr", map: ".shapes .shape", table: ".years-table tbody tr" }[view]!).first().waitFor();
        await settled(page);
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        await barriers(page);
        assert.equal(await shifts(page), 0, "the layout moved under the reader");
        await picture(page, `explorer-${view || "catalogue"}-${name}`, view !== "");
      }, { fresh: true });
    });
  }
}

test("on paper there are no controls, and the chart's numbers are there", async () => {
  await visit(desktop, async (page) => {
    await open(page, "?indicator=population&level=province&unit=89&units=89,91&year=2024&base=2019");
    await page.locator(".chart svg").waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("form.controls").isVisible(), false);
    assert.equal(await page.locator(".numbers table").isVisible(), true);
    assert.match(await page.locator(".on-paper").innerText(), /^Dân số trung bình, Tỉnh An Giang, năm 2024: 1\.912,6 nghìn người \(sơ bộ\)\. Cục Thống kê \(Bộ Tài chính\): Dân số trung bình phân theo địa phương \(bảng E02\.01\), công bố ngày 31\/7\/2025\. Niengiam, phiên bản dữ liệu (\d+)\. http\S+version=\1/);
    await picture(page, "explorer-print", true);
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)!.length <= 2, "one indicator fits on two sheets");
  }, { fresh: true });
});

test("on paper the table has all of its years, and the ranking its place of the unit", async () => {
  await visit(desktop, async (page) => {
    const printed = async (state: string, name: string) => {
      await open(page, `?indicator=population&level=province&unit=89&units=89&year=2024&base=2019&${state}`);
      await page.pdf({ path: `${results}${name}.pdf`, preferCSSPageSize: true });
      return execFileSync("pdftotext", ["-layout", `${results}${name}.pdf`, "-"], { encoding: "utf8" });
    };
    const table = await printed("view=table", "table");
    assert.match(table, /An Giang +2\.097,5 .* 1\.906,3 +1\.912,6/);
    assert.match(table, /Hậu Giang +752,7 .* 730,0/);
    assert.match(table, /p: sơ bộ/);
    assert.match(await printed("view=ranking&order=percent", "ranking"), /Xếp hạng 63 trên 63 đơn vị · An Giang: hạng 61[\s\S]*61 +An Giang/);
  });
});

// open goes to a state of the explorer and waits for its headline.
async function open(page: Page, state: string): Promise<void> {
  await page.goto(`${address}/${state}`);
  await page.locator(headline).waitFor();
  await settled(page);
}

// unzip reads the files of a ZIP archive by its central directory.
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(archive.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [method, size, name, extra, comment, start] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)];
    const body = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const bytes = archive.subarray(body, body + size);
    files.set(archive.toString("utf8", at + 46, at + 46 + name), (method === 0 ? bytes : inflateRawSync(bytes)).toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}
