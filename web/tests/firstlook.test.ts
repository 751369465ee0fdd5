// The first look at every indicator of the sample, as its link in the catalogue opens it: in
// both languages, on a phone and on a desktop. Nothing is refused, nothing is empty, and at
// least half of what could be drawn is drawn. What could be is asked of the API here, level by
// level, and not of what chooses.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { Page } from "playwright-core";

import { address, desktop, narrow, visit } from "./browser";

/** How many lines a chart has at most. */
const lines = 8;

interface Indicator {
  code: string;
  kind: string;
  years: number[];
  level: { code: string };
}

/** What there is to draw of each indicator; 0 of one without figures. */
const available = new Map<string, number>();
let indicators: Indicator[];

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${address}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: T }).data;
}

// drawable counts the figures of the eight units that have the most, of the level that has the
// most. Of an attainment a unit that is judged itself is 0 or 100 %: that is no chart.
async function drawable(indicator: Indicator, levels: string[]): Promise<number> {
  const above = indicator.kind === "ATTAINMENT" ? levels.slice(0, levels.indexOf(indicator.level.code)) : levels;
  const answers = await ask<Record<string, { series: { figures: { reason: string | null }[] }[] } | null>>(
    `{ ${above.map((level) => `${level}: series(indicator: "${indicator.code}", level: "${level}") { series { figures { reason } } }`).join(" ")} }`);
  const counts = Object.values(answers).map((answer) =>
    (answer?.series ?? []).map(({ figures }) => figures.filter(({ reason }) => reason === null).length)
      .toSorted((a, b) => b - a).slice(0, lines).reduce((sum, count) => sum + count, 0));
  return Math.max(0, ...counts);
}

before(async () => {
  const catalogue = await ask<{ indicators: { nodes: Indicator[] }; levels: { code: string }[] }>("{ indicators(first: 1000) { nodes { code kind years level { code } } } levels { code } }");
  indicators = catalogue.indicators.nodes;
  for (const indicator of indicators) available.set(indicator.code, indicator.years.length === 0 ? 0 : await drawable(indicator, catalogue.levels.map(({ code }) => code)));
});

interface Drawn {
  refused: string;
  headline: string;
  dots: number;
  bars: number;
  ranked: number;
  compared: string;
  over: number;
  /** How much of the whole the only bar fills, in percent; of percentages alone. */
  part: number;
  /** How much blank there is between the view and the choices below it. */
  blank: number;
}

// look presses an indicator's link in the catalogue, reads what its page shows once it shows
// something, and goes back: all in the page, for each word between two programs takes time.
async function look(page: Page, code: string): Promise<Drawn> {
  return page.evaluate(async (code) => {
    const all = <E extends HTMLElement>(selector: string) => [...document.querySelectorAll<E>(selector)];
    const there = async (selector: string) => {
      for (const late = Date.now() + 20_000; !document.querySelector(selector);) {
        if (Date.now() > late) throw new Error(`${code}: there is no ${selector}`);
        await new Promise(requestAnimationFrame);
      }
    };
    await there(".topics a");
    all<HTMLAnchorElement>(".topics a").find((a) => new URL(a.href).searchParams.get("indicator") === code)!.click();
    await there(".explore");
    await there(".message, .chart [data-part=dot], .chart [data-part=bar], .ranking tbody tr");
    const drawn = {
      refused: all(".message").map((message) => message.innerText).join(" "),
      headline: all(".headline .big")[0]?.innerText ?? "",
      dots: all(".chart [data-part=dot] circle").length,
      bars: all(".chart [data-part=bar] :is(rect, path)").length,
      ranked: all(".ranking tbody tr:not(.unranked)").length,
      compared: all<HTMLSelectElement>("#base")[0]?.value ?? "",
      over: document.documentElement.scrollWidth - innerWidth,
      part: all(".chart [data-part=bar] :is(rect, path)").length === 1 ? 100 * all(".chart [data-part=bar] :is(rect, path)")[0]!.getBoundingClientRect().width / (all(".chart [data-part=rule] line")[0]?.getBoundingClientRect().width ?? NaN) : NaN,
      blank: document.querySelector(".chart.bars") ? all(".explore > form.controls")[0]!.getBoundingClientRect().top - all(".view .numbers")[0]!.getBoundingClientRect().bottom : 0,
    };
    history.back();
    return drawn;
  }, code);
}

for (const lang of ["vi", "en"] as const) {
  for (const [name, options] of [["desktop", desktop], ["phone", narrow]] as const) {
    test(`each indicator opens well: ${name}, ${lang}`, async () => {
      await visit(options, async (page) => {
        const faults: string[] = [];
        await page.addInitScript("globalThis.__name = (f) => f"); // what tsx puts around functions
        await page.goto(`${address}/?lang=${lang}`);
        for (const indicator of indicators) {
          const { code, years } = indicator;
          const { refused, headline, dots, bars, ranked, compared, over, part, blank } = await look(page, code);
          const [there, drawn] = [available.get(code)!, Math.max(dots, bars, ranked)];
          const fault = (is: boolean, what: string) => is && faults.push(`${code}: ${what}`);
          fault(over > 0, `${over} px wider than the screen`);
          if (there === 0) {
            fault(!/chưa có số liệu|no figures yet/.test(refused), `without figures it says ${refused}`);
            continue;
          }
          fault(refused !== "", `refused: ${refused}`);
          fault(!/\d/.test(headline), `its first figure is “${headline}”`);
          fault(drawn === 0, "an empty chart");
          fault(drawn * 2 < there, `${drawn} of ${there} figures are drawn`);
          const percent = Number(/\(([\d.,]+)%\)$/.exec(headline)?.[1]?.replace(",", "."));
          fault(Math.abs(part - percent) > 1, `a bar of ${percent} % fills ${part} %`);
          fault(blank > 100, `${blank} px of blank below the bars`);
          fault(dots > 0 && dots < 3, `${dots} dots`);
          fault(years.length === 1 && compared !== "none", `one year is compared with ${compared}`);
        }
        assert.deepEqual(faults, []);
        assert.ok(indicators.length >= 33, "the sample has fewer indicators than it had");
      }, { fresh: true });
    });
  }
}
