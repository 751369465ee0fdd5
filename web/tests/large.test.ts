// The explorer on a synthetic country of 10,000 communes, on the real program and engine:
// an analyst goes through it, nothing is refused, and no step holds the page for long.
// What a step costs is asserted in CPU time of the page's thread and in elements.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import type { Page } from "playwright-core";

import { barriers, desktop, phone, picture, results, settled, visit } from "./browser";
import { cost, type Cost } from "./cost";
import { start, type Program } from "./program";
import { communeCode, communeName, communes, synthesize } from "./synthetic";

/**
 * The longest task of a step, in milliseconds: twice the 100 that people take for
 * immediate, for a machine that does other things has less of its caches for the page.
 */
const immediate = 200;
/** The elements of a page that shows thousands of units. */
const elements = 1_500;

let program: Program;
before(async () => {
  program = await start({ change: synthesize });
});
after(() => program?.stop());

const costs: Record<string, Cost & { elements: number }> = {};
after(() => writeFileSync(`${results}large.json`, `${JSON.stringify(costs, null, 2)}\n`));

// step does one thing on the page and holds it to the bounds.
async function step(page: Page, name: string, act: () => Promise<unknown>, longest = immediate): Promise<void> {
  const spent = { ...(await cost(page, async () => void (await act()))), elements: await page.locator("body *").count() };
  costs[name] = spent;
  console.log(`# ${name}: ${spent.total} ms of the page's thread, ${spent.longest} at once, ${spent.elements} elements`);
  assert.equal(await page.getByText("TOO_").count(), 0, `${name}: the API refused`);
  assert.ok(spent.longest < longest, `${name}: a task of ${spent.longest} ms`);
  assert.ok(spent.elements < elements, `${name}: ${spent.elements} elements`);
}

// open goes to a state of the explorer of the synthetic country.
async function open(page: Page, state: string): Promise<void> {
  await page.goto(`${program.address}/?indicator=synthetic-people&${state}`);
  await idle(page);
}

// idle waits until what was asked is there.
async function idle(page: Page): Promise<void> {
  await page.locator(".headline .big").waitFor();
  await settled(page);
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .stale, .waiting'));
}

const choose = async (page: Page, label: string | RegExp, value: string) => {
  await page.getByLabel(label, { exact: true }).selectOption(value);
  await idle(page);
};
const communesOf = `level=commune&unit=${communeCode(1)}&units=${communeCode(1)},${communeCode(2)}&year=2024&base=2019`;
const home = () => ({ home: program.address, fresh: true }); // what a step costs is that of a page that has done nothing before

// scroll goes down a list a screen at a time, and draws each.
async function scroll(page: Page, box: string, screens: number): Promise<void> {
  await page.locator(box).evaluate(async (list, count) => {
    for (let i = 1; i <= count; i++) {
      list.scrollTop = i * list.clientHeight;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }
  }, screens);
}

async function toLast(page: Page, box: string): Promise<void> {
  await page.locator(box).evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.locator(`${box} tr[aria-rowindex="${communes + 1}"]`).waitFor();
}

test("the catalogue says that all of it is synthetic, and leads to the communes", async () => {
  await visit(desktop, async (page) => {
    await step(page, "catalogue", async () => {
      await page.goto(program.address);
      await page.getByRole("heading", { name: "Số liệu giả lập" }).waitFor();
    });
    await step(page, "indicator", async () => {
      await page.getByRole("link", { name: "Số dân giả lập" }).click();
      await idle(page);
    });
    assert.match(await page.locator("main").innerText(), /Số dân giả lập[\s\S]*Nước Giả lập, năm 2024/);
    assert.match(await page.getByLabel(/^Cấp/).innerText(), /xã · 9\.975\/10\.000/);
    // Ten thousand lines are no first look: it is the districts, one step before the communes.
    assert.equal(new URL(page.url()).searchParams.get("level"), "district");
    await step(page, "level", () => choose(page, /^Cấp/, "commune"));
    await step(page, "level again", () => choose(page, /^Cấp/, "district"));
  }, home());
});

test("the ranking of 10,000 communes: choices, scrolling, the last row", async () => {
  await visit(desktop, async (page) => {
    await step(page, "ranking", () => open(page, `${communesOf}&view=ranking`));
    assert.match(await page.locator(".view").innerText(), /Xếp hạng 9\.975 trên 10\.000 đơn vị/);
    assert.match(await page.locator(".notes, aside").first().innerText(), /xếp hạng 9\.975 trên 10\.000 đơn vị; các đơn vị còn lại/i);
    assert.equal(await page.locator(".ranking table").getAttribute("aria-rowcount"), String(communes + 1));
    await step(page, "ranking: scrolling", () => scroll(page, ".ranking", 40));
    await step(page, "ranking: the last row", () => toLast(page, ".ranking"));
    // Those without a figure come last, by code.
    assert.match(await page.locator(`.ranking tr[aria-rowindex="${communes + 1}"]`).innerText(), new RegExp(`–[\\s\\S]*${communeName(communes)}[\\s\\S]*chưa có số liệu`));
    await step(page, "ranking: by percent", () => choose(page, "Xếp theo", "PERCENT"));
    await step(page, "ranking: another year", () => choose(page, "Năm", "2022"));
    await step(page, "ranking: another base", () => choose(page, "So với năm", "2018"));
    await toLast(page, ".ranking");
    // In 2022 all have figures; the ten that joined after 2018 have no base.
    assert.match(await page.locator(".view").innerText(), /Xếp hạng 9\.990 trên 10\.000 đơn vị/);
    assert.match(await page.locator(`.ranking tr[aria-rowindex="${communes + 1}"]`).innerText(), /năm gốc/);
  }, home());
});

test("the map of 10,000 communes: its choices, and what the mouse points at", async () => {
  await visit(desktop, async (page) => {
    await step(page, "map", async () => {
      await open(page, `${communesOf}&view=map`);
      await page.locator(".squares path").first().waitFor();
    });
    const squares = page.locator(".squares");
    assert.match(await page.locator(".legend").innerText(), /không có số liệu \(25\)/);
    const box = (await squares.boundingBox())!;
    await step(page, "map: pointing", async () => {
      for (let i = 0; i < 60; i++) await page.mouse.move(box.x + 8 + i * 9, box.y + 8 + i * 4);
    });
    // Squares stand by code, 48 across: the second is the second commune.
    await page.mouse.move(box.x + (box.width * 1.5) / 48, box.y + 4);
    await page.locator(".reading", { hasText: `${communeName(2)}: 18.908 người giả lập` }).waitFor();
    await step(page, "map: by percent", () => choose(page, "Xếp theo", "PERCENT"));
  }, home());
});

test("the shapes of 10,000 communes: their choices, and what the mouse points at", async () => {
  await visit(desktop, async (page) => {
    await step(page, "shapes", async () => {
      await open(page, `${communesOf.replace("2024", "2023")}&view=map`);
      await page.locator(".shapes .shape").first().waitFor();
    });
    const shapes = page.locator(".shapes");
    assert.equal(await shapes.locator(".shape").count(), 5);
    await shapes.evaluate((drawing) => drawing.scrollIntoView());
    const box = (await shapes.boundingBox())!;
    await step(page, "shapes: pointing", async () => {
      for (let i = 0; i < 60; i++) await page.mouse.move(box.x + 8 + i * 9, box.y + 8 + i * 4);
    });
    // A hundred across, by code: the middle of the third in the second row is that of number 103.
    const at = await shapes.evaluate((drawing) => {
      const { width, height } = (drawing as SVGSVGElement).viewBox.baseVal;
      const { x, y } = new DOMPoint((width - 4) * 0.025, (height - 4) * 0.015).matrixTransform((drawing as SVGSVGElement).getScreenCTM()!);
      return [x, y] as const;
    });
    await page.mouse.move(...at);
    await page.locator(".reading", { hasText: new RegExp(`^${communeName(103)}: `) }).waitFor();
    await picture(page, "large-shapes");
    await step(page, "shapes: by percent", () => choose(page, "Xếp theo", "PERCENT"));
    await step(page, "shapes: another year", async () => {
      await choose(page, "Năm", "2021");
      await page.locator(".shapes .shape").first().waitFor();
    });
    await barriers(page);
  }, home());
});

test("the table of 10,000 communes and seven years, to its last row and back", async () => {
  await visit(desktop, async (page) => {
    await step(page, "table", () => open(page, `${communesOf}&view=table`));
    await step(page, "table: the last row", () => toLast(page, ".years-table"));
    assert.match(await page.locator(`.years-table tr[aria-rowindex="${communes + 1}"]`).innerText(), new RegExp(communeName(communes)));
    await step(page, "table: scrolling", () => scroll(page, ".years-table", 40));
    await step(page, "table: another level", () => choose(page, /^Cấp/, "province"));
    await page.locator(".years-table tr", { hasText: "Giả lập 60" }).waitFor({ state: "attached" });
  }, home());
});

test("a unit is found among 10,000, and its figure in its cell", async () => {
  await visit(desktop, async (page) => {
    await open(page, communesOf);
    await step(page, "picker", async () => {
      await page.getByRole("button", { name: "+ Thêm đơn vị" }).click();
      await page.getByLabel("Tìm đơn vị").pressSequentially("gia lap 9999");
      await page.getByRole("button", { name: /Giả lập 9999/ }).click();
      await page.locator(".line-3", { hasText: communeName(9_999) }).waitFor();
    });
    await step(page, "narrowed to a district", async () => {
      await page.getByRole("link", { name: "Xếp hạng" }).click();
      await page.getByRole("button", { name: "toàn bộ" }).click();
      await page.getByLabel("Tìm đơn vị").fill("D600");
      await page.getByRole("button", { name: /Giả lập 600/ }).click();
      await page.getByText(/^Xếp hạng 16 trên 17 đơn vị/).waitFor();
    });
    await step(page, "provenance", async () => {
      await page.locator(".ranking tr .figure").first().click();
      await page.getByRole("dialog").getByText("data/figures.csv").waitFor();
    });
  }, home());
});

for (const view of ["ranking", "map", "table"]) {
  test(`${view}: pictures and files of 10,000 communes`, async () => {
    await visit({ ...desktop, acceptDownloads: true }, async (page) => {
      await open(page, `${communesOf}&view=${view}`);
      await page.locator(".scroll tbody th, .squares path").first().waitFor();
      for (const kind of ["SVG", "PNG"]) {
        // A press that draws a picture may take a moment; the browser paints it at double size.
        await step(page, `${view}: ${kind}`, async () => {
          const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Hình ${kind}` }).click()]);
          const picture = readFileSync(await download.path());
          if (kind === "SVG") assert.match(picture.toString(), /Số dân giả lập/);
        }, 1_000);
      }
      const links = await page.locator(".share a[download]").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      assert.equal(links.length, 3);
      for (const link of links) {
        const file = await fetch(link);
        const bytes = Buffer.from(await file.arrayBuffer());
        assert.equal(file.status, 200, `${link}: ${bytes.subarray(0, 300).toString()}`);
        if (!link.includes(".csv?")) continue;
        const lines = bytes.toString().split("\n").filter((line) => line.includes("Giả lập"));
        assert.ok(lines.length >= (view === "table" ? 2 * communes : communes - 25), `${lines.length} lines`);
      }
      // 10,000 units in 7 years are more than one answer has: the file says which years it holds.
      assert.equal(await page.locator(".share li", { hasText: "CSV" }).innerText(), view === "table" ? "CSV (2023–2024)" : "CSV");
    }, home());
  });
}

test("on paper stand the rows in sight of 10,000, and not the height of the others", async () => {
  for (const [view, said] of [["ranking", /rows of 10,000/], ["table", /rows of 10,000/]] as const) {
    await visit(desktop, async (page) => {
      await open(page, `${communesOf}&view=${view}&lang=en`);
      const file = `${results}large-${view}.pdf`;
      await page.pdf({ path: file, preferCSSPageSize: true });
      const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
      assert.match(text, said);
      assert.ok(text.split("\f").length < 9, `${text.split("\f").length} pages`);
    }, home());
  }
});

test("on a phone the ranking of 10,000 fits and has no barriers", async () => {
  await visit({ ...phone, bypassCSP: true }, async (page) => {
    await open(page, `${communesOf}&view=ranking&lang=en`);
    await scroll(page, ".ranking", 20);
    await toLast(page, ".ranking");
    assert.match(await page.locator("main").innerText(), /Synthetic people/);
    await picture(page, "large-ranking-phone");
    await barriers(page);
  }, home());
});
