// Addresses: those at which there is nothing, those that ask for what there is not, and that
// every page stands in one frame and fits the narrowest phone, in both languages.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Page } from "playwright-core";

import { address, barriers, desktop, narrow, picture, settled, visit } from "./browser";

const pages = {
  catalogue: "/", chart: "/?indicator=population", ranking: "/?indicator=population&view=ranking&order=percent&level=province&unit=89&units=89&year=2024&base=2019",
  map: "/?indicator=population&view=map", table: "/?indicator=population&view=table", unknown: "/?indicator=populaton", dashboards: "/dashboard/", dashboard: "/dashboard/an-giang-2020",
  briefings: "/briefing", briefing: "/briefing?unit=89&year=2020", refused: "/briefing?unit=8899&year=2020", jobs: "/jobs/", graphiql: "/graphiql/", missing: "/a/b/nowhere",
  docs: "/docs/", tutorial: "/docs/tutorial", docsTable: "/docs/operating", docsSearch: "/docs/?q=xep+hang", docsMissing: "/docs/nowhere",
};

// What the masthead is to the eye: its words and their letters.
const masthead = (page: Page) => page.locator(".masthead").evaluate((head) => [...head.querySelectorAll<HTMLElement>(".brand, nav a, .languages a")].map((part) => {
  const { fontFamily, fontSize, letterSpacing } = getComputedStyle(part);
  return { text: part.innerText, fontFamily, fontSize, letterSpacing, height: Math.round(part.getBoundingClientRect().height) };
}));

for (const lang of ["vi", "en"] as const) {
  test(`every page fits 360 px, under one masthead in its language: ${lang}`, async () => {
    await visit(narrow, async (page) => {
      let first: unknown;
      const wide: string[] = [];
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${address}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
        await page.locator(".masthead .brand").waitFor();
        await settled(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${name}: ${over} px`);
        assert.equal(await page.locator("html").getAttribute("lang"), lang, name);
        const drawn = await masthead(page);
        assert.deepEqual(drawn.map(({ text }) => text), lang === "vi"
          ? ["Niengiam", "Khám phá", "Bảng theo dõi", "Báo cáo nhanh", "Cập nhật số liệu", "GraphiQL", "Hướng dẫn", "VI", "EN"]
          : ["Niengiam", "Explore", "Dashboards", "Briefing", "Data updates", "GraphiQL", "Help", "VI", "EN"], name);
        // A word in bold may send the next one to another line, so only the letters are compared.
        const letters = drawn.map(({ text: _, ...look }) => look);
        first ??= letters;
        assert.deepEqual(letters, first, name);
      }
      assert.deepEqual(wide, []);
    }, { complain: /40[04]/ });
  });
}

test("the documentation has no barriers, and is searched without tone marks", async () => {
  // The pages run no script, so the policy is lifted for axe's own.
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${address}/docs/tutorial`);
    await barriers(page);
    await page.getByRole("searchbox").fill("xep hang");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Cách đọc một số liệu › Xếp hạng" }).click();
    await page.getByRole("heading", { name: "Xếp hạng" }).waitFor();
    await page.getByRole("link", { name: "EN – English" }).click();
    await page.getByRole("heading", { name: "How to read a figure" }).waitFor();
    await barriers(page);
    await page.goto(`${address}/docs/reference/settings?lang=en`);
    await barriers(page);
  });
});

test("an address at which there is nothing is a page that leads home, and a code for clients", async () => {
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    const response = await page.goto(`${address}/a/b/nowhere?lang=en`);
    assert.equal(response!.status(), 404);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await barriers(page);
    await picture(page, "missing");
    await page.getByRole("link", { name: "Home" }).click();
    await page.locator(".topics").waitFor();
    assert.equal(page.url(), `${address}/?lang=en`);
  }, { complain: /404/ });
  const reply = await fetch(`${address}/a/b/nowhere`, { headers: { accept: "application/json" } });
  assert.equal(reply.status, 404);
  assert.equal(((await reply.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code, "NOT_FOUND");
});

test("an unknown indicator names the nearest, which open well", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${address}/?indicator=populaton&year=2024`);
    await page.locator(".nearest").getByRole("link", { name: "Dân số trung bình", exact: true }).click();
    await page.locator(".chart [data-part=dot]").first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get("indicator"), "population");
  });
});

for (const [what, state, says] of [
  ["year", "year=1900", /2011–2024|nearest|2011/],
  ["year, of all that was chosen", "level=province&unit=89&units=89&year=2050&base=2019", /2024/],
  ["level", "level=provinse", /provinse/],
  ["unit", "unit=9999", /9999/],
  ["place", "within=9999", /9999/],
] as const) {
  test(`where the address asks for a wrong ${what} the choices stay`, async () => {
    await visit(narrow, async (page) => {
      await page.goto(`${address}/?indicator=population&${state}&lang=en`);
      await page.locator(".message", { hasText: says }).first().waitFor();
      await page.getByLabel("Year", { exact: true }).selectOption("2019");
      if (what === "year") {
        await page.locator(".headline .who", { hasText: "2019" }).waitFor();
        await page.locator(".chart [data-part=dot]").first().waitFor();
      }
    }, { complain: /40[04]/ });
  });
}

test("people's own words find what they mean, in both languages and without tone marks", async () => {
  for (const [search, code] of [["rice", "paddy-area"], ["crime", "rural-crime"], ["tội phạm", "rural-crime"], ["toi pham", "rural-crime"], ["TOI PHAM", "rural-crime"], ["road deaths", "rural-traffic-deaths"]] as const) {
    const response = await fetch(`${address}/graphql`, {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "query($search: String) { indicators(search: $search) { nodes { code } } }", variables: { search } }),
    });
    const { data } = (await response.json()) as { data: { indicators: { nodes: { code: string }[] } } };
    assert.ok(data.indicators.nodes.some((node) => node.code === code), `${search} does not find ${code}`);
  }
  await visit(narrow, async (page) => {
    await page.goto(`${address}/?lang=en`);
    assert.match(await page.locator("#search-hint").innerText(), /^population, poverty/);
    await page.getByLabel("Find an indicator").fill("rice");
    await page.getByRole("link", { name: "Paddy yield" }).waitFor();
  });
});
