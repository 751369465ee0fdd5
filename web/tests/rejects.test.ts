// Why rows were rejected and loads refused or failed, for officers who read Vietnamese:
// on a program of its own, whose sources are the cases of etl/testdata, one after the other.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { barriers, desktop, looks, picture, settled, visit } from "./browser";
import { start, type Program } from "./program";

const cases = new URL("../../etl/testdata/", import.meta.url).pathname;
let program: Program;

before(async () => {
  program = await start({ workspace: join(cases, "catalogue"), change: assemble, args: ["--release-management", "view"] });
  await assert.rejects(program.run("load"), /LOAD_REFUSED/);
});

after(() => program?.stop());

// assemble makes one workspace of all sources that have rejects or faults: each case
// is a source with a file of its own. One more stops where there are rejects.
function assemble(dir: string) {
  const catalogue = join(dir, "catalogue");
  for (const file of readdirSync(dir)) {
    cpSync(join(dir, file), join(catalogue, file));
    rmSync(join(dir, file));
  }
  const head = readFileSync(join(cases, "members/niengiam.yaml"), "utf8").split("sources:\n")[0]!;
  const sources: string[] = [];
  const add = (source: string, name: string, code: string, more = "") => {
    const [, mapping] = readFileSync(join(cases, source, "niengiam.yaml"), "utf8").split("sources:\n");
    sources.push(mapping!.replace(/code: .*/, `code: ${code}`).replace("files: [in.csv]", `files: [${code}.csv]${more}`));
    cpSync(join(cases, source, name, "in.csv"), join(dir, `${code}.csv`));
  };
  const folders = (at: string) => readdirSync(at, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  // The cases of the whole country have levels of their own.
  const ofTheProvince = (source: string) => readFileSync(join(cases, source, "niengiam.yaml"), "utf8").includes("levels: catalogue/levels.yaml");
  for (const source of folders(cases).filter((folder) => existsSync(join(cases, folder, "niengiam.yaml")) && ofTheProvince(folder))) {
    for (const name of folders(join(cases, source))) {
      if (["rejects.csv", "faults.csv"].some((file) => existsSync(join(cases, source, name, file)))) add(source, name, `${source}-${name}`);
    }
  }
  add("dots", "good", "strict", "\n    rejects: stop");
  writeFileSync(join(dir, "niengiam.yaml"), `${head}sources:\n${sources.join("")}`);
}

for (const { name, lang, options } of looks) {
  test(`rejects and failures are read in one language: ${name}`, async () => {
    await visit({ ...options, bypassCSP: true }, async (page) => {
      await page.goto(`${program.address}/jobs/?lang=${lang}`);
      await page.locator(".rejects tbody tr").first().waitFor();
      await settled(page);
      for (const part of ["article.rejects:has-text('NOT_ELIGIBLE')", ".error:has-text('strict.csv')"]) { // the whole page is too long a picture
        await page.locator(part).first().scrollIntoViewIfNeeded();
        await picture(page, `rejects-${name}-${part.startsWith(".") ? "runs" : "rows"}`);
      }
      await barriers(page);
      assert.ok(await page.locator(".rejects tbody tr").count() > 60, "the cases have more rejects");
      await page.locator(".error").nth(12).waitFor(); // so many loads were refused or failed
      const lines = await page.locator(".jobs").evaluate((whole) => {
        // What stands in a file, a command or a path is quoted as it is.
        const copy = whole.cloneNode(true) as HTMLElement;
        for (const quoted of copy.querySelectorAll("code, pre, .command")) quoted.remove();
        const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        while (texts.nextNode()) found.push((texts.currentNode.textContent ?? "").replace(/\S+\.csv\b/g, ""));
        return found;
      });
      const foreign = lang === "vi" ? /\b(the|is|are|not|of|that|which|there|stands|rows?|file|tiếng Anh)\b/ : /(không|dòng|đơn vị|chỉ có|tệp)/;
      assert.deepEqual(lines.filter((line) => foreign.test(line)), []);
    }, { home: program.address });
  });
}

test("a load that was refused, and one whose file lacks columns, say so", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    const error = (code: string) => page.locator("tbody tr", { has: page.locator(`code:text-is("${code}")`) }).locator(".error");
    await page.locator(".error").first().waitFor();
    assert.equal(await error("strict").innerText(), "strict.csv:5: 6 chỗ bị loại; chỗ đầu: NOT_A_NUMBER dấu ngăn hàng nghìn “.” đứng sai chỗ; nguồn đặt `rejects: stop`: hãy sửa các dòng, hoặc để nguồn giữ các dòng tốt");
    assert.equal(await error("named-missing-column").innerText(), [
      'named-missing-column.csv:1: không có cột “commune”; gần nhất: comune; nếu “comune” chính là cột đó thì nguồn ghi `columns: {"commune": ["comune"]}`',
      'named-missing-column.csv:1: không có cột “year”; gần nhất: yr; nếu “yr” chính là cột đó thì nguồn ghi `columns: {"year": ["yr"]}`',
    ].join("\n"));
  }, { home: program.address });
});
