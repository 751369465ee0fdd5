// The maps of the sample, as one looks at them: names within their shapes, far islands in
// frames, classes about zero, what is said at the pointer, who made the shapes; on a desk, on
// a phone and on paper, in both languages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import type { Page } from "playwright-core";

import { address, barriers, desktop, picture, results, settled, visit } from "./browser";

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const screens = { desktop, phone } as const;
const languages = ["vi", "en"] as const;

/** A map: what is asked, how many shapes it has, how many frames, and how many names have room on a desk at least, whatever font the machine draws them in. */
interface Map {
  state: string;
  shapes: number;
  insets: number;
  names: number;
}

const maps: Record<string, Map> = {
  "63 provinces": { state: "indicator=population&level=province&unit=89&units=89&year=2024&base=2019", shapes: 63, insets: 2, names: 5 },
  "63 provinces by change": { state: "indicator=population&level=province&unit=89&units=89&year=2024&base=2019&order=percent", shapes: 63, insets: 2, names: 5 },
  "34 provinces": { state: "indicator=population&level=province&unit=91&units=91&year=2024&base=2019&basis=2025-07-01", shapes: 34, insets: 2, names: 6 },
  regions: { state: "indicator=population&level=region&unit=R1&units=R1&year=2024&base=2019", shapes: 6, insets: 2, names: 3 },
  "a region's provinces": { state: "indicator=population&level=province&within=R3&unit=48&units=48&year=2024&base=2019", shapes: 14, insets: 2, names: 6 },
  "districts of An Giang": { state: "indicator=population-census&level=district&unit=893&units=893&year=2019&base=2009", shapes: 11, insets: 0, names: 9 },
  "communes of An Giang": { state: "indicator=ntm&level=commune&unit=30340&units=30340&year=2020&base=2019", shapes: 119, insets: 0, names: 30 },
};

async function open(page: Page, state: string, lang: string): Promise<void> {
  await page.goto(`${address}/?${state}&view=map&lang=${lang}`);
  await page.locator(".shapes .shape").first().waitFor();
  await settled(page);
}

/** What of a drawing is not where it should be: names out of their shapes or of the frame, frames over land, pieces out of sight. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const svg = document.querySelector<SVGSVGElement>(".shapes")!;
    const frame = svg.getBoundingClientRect();
    const found: string[] = [];
    const inverse = svg.getScreenCTM()!.inverse();
    const shapes = [...svg.querySelectorAll<SVGPathElement>(".shape")];
    const box = {
      isIn(inner: DOMRect, outer: DOMRect) {
        return inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
      },
    };
    for (const name of svg.querySelectorAll<SVGTextElement>(".name")) {
      const shape = shapes.find((one) => one.dataset.code === name.dataset.of)!;
      if (!box.isIn(name.getBoundingClientRect(), frame)) found.push(`${name.textContent} is cut`);
      for (const line of name.querySelectorAll("tspan")) {
        // The letters, without the room above and below them.
        const first = line.getStartPositionOfChar(0);
        const last = line.getEndPositionOfChar(line.getNumberOfChars() - 1);
        const high = Number(name.getAttribute("font-size")) * 0.6;
        for (const [x, y] of [[first.x, first.y], [last.x, last.y], [first.x, first.y - high], [last.x, last.y - high], [(first.x + last.x) / 2, first.y - high / 2]] as const) {
          if (!shape.isPointInFill(new DOMPoint(x, y))) found.push(`${line.textContent} is not within its shape`);
        }
      }
    }
    for (const one of svg.querySelectorAll<SVGRectElement>(".inset rect")) {
      const edge = one.getBoundingClientRect();
      if (!box.isIn(edge, frame)) found.push("a frame is cut");
      const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(one.getAttribute(key))) as [number, number, number, number];
      // Islands of the frame itself are pieces of their unit's shape: land is what lies at its edge.
      for (let i = 0; i <= 20; i++) {
        for (const [px, py] of [[x + (width * i) / 20, y], [x + (width * i) / 20, y + height], [x, y + (height * i) / 20], [x + width, y + (height * i) / 20]] as const) {
          if (shapes.some((shape) => shape.isPointInFill(new DOMPoint(px, py)))) found.push("a frame stands on land");
        }
      }
      for (const text of one.parentElement!.querySelectorAll("text")) if (!box.isIn(text.getBoundingClientRect(), edge)) found.push(`${text.textContent} leaves its frame`);
    }
    for (const shape of shapes) {
      const { x, y, width, height } = shape.getBBox();
      for (const corner of [new DOMPoint(x, y), new DOMPoint(x + width, y + height)]) {
        const at = corner.matrixTransform(inverse.inverse());
        if (at.x < frame.left - 1 || at.x > frame.right + 1 || at.y < frame.top - 1 || at.y > frame.bottom + 1) found.push(`${shape.dataset.code} leaves the drawing`);
      }
      const [px, py] = shape.dataset.at!.split(" ").map(Number) as [number, number];
      if (!shape.isPointInFill(new DOMPoint(px, py))) found.push(`the middle of ${shape.dataset.code} is out of it`);
    }
    return [...new Set(found)];
  });
}

for (const [name, { state, shapes, insets, names }] of Object.entries(maps)) {
  for (const [screen, options] of Object.entries(screens)) {
    for (const lang of languages) {
      test(`${name}: ${screen}, ${lang}`, async () => {
        await visit({ ...options, bypassCSP: true }, async (page) => {
          await open(page, state, lang);
          assert.equal(await page.locator(".shapes .shape").count(), shapes);
          assert.equal(await page.locator(".tile").count(), 0, "a unit has no shape");
          assert.equal(await page.locator(".inset").count(), insets);
          if (insets > 0) assert.match((await page.locator(".inset").allTextContents()).join(" ").replace(/\s+/g, ""), lang === "en" ? /HoàngSaIslands.*TrườngSaIslands/ : /QuầnđảoHoàngSa.*QuầnđảoTrườngSa/);
          if (screen === "desktop") assert.ok((await page.locator(".shapes .name").count()) >= names, "fewer names than have room");
          assert.deepEqual(await faults(page), []);
          const credit = await page.locator(".credit").innerText();
          assert.match(credit, lang === "en" ? /^Shapes of the units: censusVN2009 © 2017 Marc Choisy \(MIT\), github\.com\/choisy\/censusVN2009, 4 September 2018\. Lines are simplified/ : /^Hình các đơn vị: censusVN2009 © 2017 Marc Choisy \(MIT\), github\.com\/choisy\/censusVN2009, 4\/9\/2018\. Đường ranh giới đã giản lược/);
          // As many units in the legend as on the map; the table has them all.
          const counts = (await page.locator(".legend li").allInnerTexts()).map((text) => Number(/\((\d+)\)$/.exec(text.trim())![1]));
          assert.equal(counts.reduce((sum, count) => sum + count, 0), shapes);
          await page.getByText(lang === "en" ? "Table of the map" : "Bảng số của bản đồ").click();
          assert.equal(await page.locator(".map .numbers tbody tr").count(), shapes);
          await picture(page, `map-${name.replaceAll(/\W+/g, "-")}-${screen}-${lang}`, true);
          await barriers(page);
        });
      });
    }
  }
}

test("changes are parted at zero, and values are not", async () => {
  await visit(desktop, async (page) => {
    await open(page, maps["63 provinces by change"]!.state, "vi");
    const legend = await page.locator(".legend li").allInnerTexts();
    const signs = legend.map((text) => [...text.replace(/\(\d+\)/, "").matchAll(/[+−]?[\d.,]+%/g)].map(([number]) => (/[1-9]/.test(number) ? number[0] : "0")));
    assert.ok(signs.every((of) => new Set(of).size === 1), `a class has both signs: ${legend.join("; ")}`);
    assert.deepEqual([...new Set(signs.map(([sign]) => sign))], ["−", "+"]);
    assert.ok(await page.locator(".shape[class*=down-]").count() > 0);
    assert.ok(await page.locator(".shape[class*=up-]").count() > 0);
    assert.equal(await page.locator(".shape[class*=class-]").count(), 0);
    await open(page, maps["63 provinces"]!.state, "vi");
    assert.equal(await page.locator(".shape[class*=down-], .shape[class*=up-]").count(), 0);
    assert.match((await page.locator(".legend li").last().innerText()).trim(), /^1\.890,4 – 9\.543,6 \(13\)$/);
  });
});

test("few different values are a class each, and no figure is neither of them", async () => {
  await visit(desktop, async (page) => {
    await open(page, maps["communes of An Giang"]!.state, "vi");
    assert.deepEqual((await page.locator(".legend li").allInnerTexts()).map((text) => text.trim()), ["Chưa đạt (4)", "Đạt (47)", "không có số liệu (68)"]);
    const paint = (which: string) => page.locator(`.shape.${which}`).first().evaluate((shape) => getComputedStyle(shape).fill);
    assert.match(await paint("class-none"), /url\("?#ground-none"?\)/);
    assert.notEqual(await paint("class-none"), await paint("class-1"));
  });
});

/** An answer of the API in which some figures are made others. */
interface Order {
  data: { ranking: { rows: { unit: { code: string }; current: Record<string, unknown> }[] } };
}

test("a withheld figure and a lower bound are drawn as such, in no class of values", async () => {
  await visit(desktop, async (page) => {
    await page.route("**/graphql", async (route) => {
      if (!route.request().postData()?.includes("query Order(")) return route.continue();
      const answer = await route.fetch();
      const order = (await answer.json()) as Order;
      const become = (code: string, figure: Record<string, unknown>) => Object.assign(order.data.ranking.rows.find(({ unit }) => unit.code === code)!.current, { value: null, rate: null, ...figure });
      become("01", { reason: "SUPPRESSED", status: "C", text: "không công bố" });
      become("79", { reason: "REGISTER_INCOMPLETE", atLeast: "3", text: "ít nhất 3" });
      become("02", { reason: "REGISTER_INCOMPLETE", atLeast: "0", text: "chưa rõ" });
      become("04", { reason: "MISSING", text: "chưa có số liệu" });
      await route.fulfill({ response: answer, json: order });
    });
    await open(page, maps["63 provinces"]!.state, "vi");
    const lines = (await page.locator(".legend li").allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(lines.slice(-3), ["không công bố để bảo mật (1)", "chỉ biết mức ít nhất (1)", "không có số liệu (2)"]);
    assert.ok(lines.every((line) => !line.includes("ít nhất 3") && !line.includes("9.543,6")), "a figure that is none makes a class");
    const fills = new Set<string>();
    for (const [code, look] of [["01", "withheld"], ["79", "bound"], ["02", "none"], ["04", "none"], ["89", "5"]] as const) {
      const shape = page.locator(`.shape[data-code="${code}"]`);
      assert.match((await shape.getAttribute("class"))!, new RegExp(`class-${look}$`), code);
      fills.add(await shape.evaluate((one) => getComputedStyle(one).fill));
    }
    assert.equal(fills.size, 4, "two of them look the same");
    await picture(page, "map-withheld");
    await page.unrouteAll({ behavior: "wait" });
  }, { fresh: true });
});

// near gives how far the tooltip's box is from a point.
async function near(page: Page, x: number, y: number): Promise<number> {
  const box = (await page.locator(".tip").boundingBox())!;
  return Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));
}

/** The middle of a unit's shape on the screen. */
const middle = (page: Page, code: string) => page.locator(`.shape[data-code="${code}"]`).evaluate((shape) => {
  shape.scrollIntoView({ block: "center" });
  const [x, y] = shape.getAttribute("data-at")!.split(" ").map(Number);
  const at = new DOMPoint(x, y).matrixTransform((shape as SVGGraphicsElement).getScreenCTM()!);
  return { x: at.x, y: at.y };
});

test("what is said of a unit stands at the pointer, within the page, and Escape hides it", async () => {
  await visit(desktop, async (page) => {
    await open(page, maps["63 provinces by change"]!.state, "vi");
    for (const [code, said] of [["01", /TP\. Hà Nội\s*8\.717,6 nghìn người\s*tăng 623,7 nghìn người \(tăng 7,7%\) so với năm 2019/], ["96", /Cà Mau\s*1\.212,0/], ["56", /Khánh Hòa/]] as const) {
      const { x, y } = await middle(page, code);
      await page.mouse.move(x, y);
      await page.locator(".tip", { hasText: said }).waitFor();
      assert.ok((await near(page, x, y)) < 30, `${code}: the tooltip is ${await near(page, x, y)} away`);
      assert.ok((await page.locator(".tip").boundingBox())!.x >= 0);
    }
    await page.mouse.move(4, 4);
    assert.equal(await page.locator(".tip").count(), 0);
    // By keyboard it stands at the unit.
    await page.locator(".shapes [tabindex='0']").focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(".tip").waitFor();
    const code = (await page.evaluate(() => document.activeElement?.getAttribute("data-code")))!;
    const at = await middle(page, code);
    assert.ok((await near(page, at.x, at.y)) < 30);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".tip").count(), 0);
  });
});

test("on a phone a finger gets the same, and the page is no wider", async () => {
  await visit(phone, async (page) => {
    await open(page, maps["districts of An Giang"]!.state, "en");
    for (const code of ["893", "891"]) { // to the right, to the left
      const { x, y } = await middle(page, code);
      await page.touchscreen.tap(x, y);
      await page.locator(".tip").waitFor();
      assert.ok((await near(page, x, y)) < 30);
      const box = (await page.locator(".tip").boundingBox())!;
      assert.ok(box.x >= 0 && box.x + box.width <= 360, `${code}: the tooltip is cut at ${box.x} to ${box.x + box.width}`);
    }
    assert.match(await page.locator(".tip").innerText(), /Tri Tôn\s+117,431 people/);
  });
});

test("islands in a frame are their unit's own", async () => {
  await visit(desktop, async (page) => {
    await open(page, maps["63 provinces"]!.state, "vi");
    await page.locator(".islet[data-code='48']").hover({ force: true, position: await page.locator(".islet[data-code='48']").evaluate((islets) => {
      // A point on the first of them.
      const box = islets.getBoundingClientRect();
      const at = (islets as SVGGeometryElement).getPointAtLength(0).matrixTransform((islets as SVGGraphicsElement).getScreenCTM()!);
      return { x: at.x - box.left, y: at.y - box.top };
    }) });
    await page.locator(".tip", { hasText: "Đà Nẵng" }).waitFor();
  });
});

test("the same address is the same drawing", async () => {
  const drawings: string[] = [];
  for (let i = 0; i < 2; i++) {
    await visit(desktop, async (page) => {
      await open(page, maps["34 provinces"]!.state, "vi");
      drawings.push(await page.locator(".shapes").evaluate((drawing) => drawing.outerHTML));
    });
  }
  assert.equal(drawings[0], drawings[1]);
});

for (const [name, lang] of [["63 provinces by change", "en"], ["districts of An Giang", "vi"]] as const) {
  test(`on paper the map stands on the first sheet, whole and with its credit: ${name}, ${lang}`, async () => {
    await visit(desktop, async (page) => {
      await open(page, maps[name]!.state, lang);
      const file = `${results}map-${name.replaceAll(/\W+/g, "-")}.pdf`;
      await page.pdf({ path: file, preferCSSPageSize: true });
      const [first = "", ...others] = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
      assert.match(first.replaceAll(/\s+/g, " "), /censusVN2009 © 2017 Marc Choisy \(MIT\), github\.com\/choisy\/censusVN2009/);
      assert.match(others.join(" "), lang === "en" ? /Kiên Giang/ : /Thoại Sơn/, "the table is not on paper");
      assert.equal(await page.locator(".tip").count(), 0);
    });
  });
}

test("where a level has no shapes on a day its units are tiles, by the unit above and by code", async () => {
  await visit(desktop, async (page) => {
    await page.route("**/maps/**", (route) => route.abort());
    await page.goto(`${address}/?${maps["63 provinces"]!.state}&view=map`);
    await page.locator(".tile").nth(62).waitFor();
    const parts = await page.locator(".tiles section").evaluateAll((sections) => sections.map((section) => ({
      above: section.querySelector("h3")!.textContent, codes: [...section.querySelectorAll(".tile")].map((tile) => tile.getAttribute("data-code")!),
    })));
    assert.deepEqual(parts.map(({ above }) => above), ["Đồng bằng sông Hồng", "Trung du và miền núi phía Bắc", "Bắc Trung Bộ và Duyên hải miền Trung", "Tây Nguyên", "Đông Nam Bộ", "Đồng bằng sông Cửu Long"]);
    for (const { codes } of parts) assert.deepEqual(codes, codes.toSorted());
    const tile = page.locator(".tile[data-code='89']");
    await tile.focus();
    await page.keyboard.press("Tab");
    await page.locator(".tip").waitFor();
  }, { complain: /ERR_FAILED/, fresh: true });
});
