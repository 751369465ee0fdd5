// An officer sees why yesterday's load was held, on a program of its own whose file
// of criterion 19.2 grew by a revision and a row that is none.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import type { Page } from "playwright-core";

import { barriers, desktop, looks, phone, picture, settled, visit } from "./browser";
import { keepSources, start, type Program } from "./program";

const file = "data/criterion_19_2.csv";
let program: Program;

before(async () => {
  let revision: string[] = [];
  program = await start({
    args: ["--load", "--release-management", "decide"],
    change(dir) {
      // The first three publications; that of 12 March 2021, which takes back 2019, comes later.
      const lines = readFileSync(join(dir, file), "utf8").trimEnd().split("\n");
      revision = lines.splice(4);
      writeFileSync(join(dir, file), `${lines.join("\n")}\n`);
      appendFileSync(join(dir, "niengiam.yaml"), '\ndeliveries:\n  - code: for-leaders\n    unit: "89"\n    schedule: {cron: "0 7 5 * *"}\n    formats: [pdf]\n    to: {folder: leaders}\n');
    },
  });
  assert.ok(revision.some((line) => line.startsWith("2019,83,119,2021-03-12")), revision.join("\n"));
  appendFileSync(join(program.workspace, file), `${revision.join("\n")}\n2021,chín mươi,119,2022-03-01,,,\n`);
  assert.match(await program.run("load", "criterion-19-2"), /held: criterion-19-2/);
});

after(() => program?.stop());

const row = (page: Page, name: RegExp) => page.locator(".differences tbody tr", { hasText: name });

for (const { name, lang, options } of looks) {
  test(`what is held fits and has no barriers: ${name}`, async () => {
    await visit({ ...options, bypassCSP: true }, async (page) => {
      await page.goto(`${program.address}/jobs/?lang=${lang}`);
      await page.locator(".differences tbody tr").waitFor();
      await page.locator(".rejects tbody tr").waitFor();
      await page.locator(".findings li").first().waitFor();
      await settled(page);
      await picture(page, `jobs-${name}`, true);
      await barriers(page);
    }, { home: program.address });
  });
}

test("where sources do not agree an officer reads which number was taken, and where both were printed", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    const census = page.locator(".findings li", { hasText: "Tân Châu" });
    await census.first().waitFor();
    assert.match(await census.first().innerText(), /141\.211[\s\S]*175\.211[\s\S]*Số được dùng: [\s\S]*Số không dùng: [\s\S]*dòng \d+/);
    // What a check found beside it: the cell as it stands in the file, the rule and the remedy.
    const checked = page.locator(".checked", { hasText: "Chợ Mới" });
    assert.match(await checked.first().innerText(), /Ô: 42858; data\/census\.csv[\s\S]*Quy tắc: members_sum_to_total \(chỉ nhắc\)[\s\S]*Cách sửa: tìm thành phần/);
  }, { home: program.address });
});

test("all times are told by the clock of the sources, wherever one looks from", async () => {
  await visit({ ...desktop, timezoneId: "America/New_York" }, async (page) => {
    await page.goto(`${program.address}/jobs/?lang=en`);
    const row = page.locator(".sources tbody tr", { hasText: "criterion-19-2" });
    const began = (await row.locator("time").first().getAttribute("datetime")) ?? "";
    const there = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" }).format(new Date(began));
    assert.match(await row.locator("time").first().innerText(), new RegExp(`, ${there}$`));
    assert.equal(await page.locator("#sources + .why").innerText(), "Times are in the time zone Asia/Ho_Chi_Minh.");
  }, { home: program.address, fresh: true });
});

test("on paper there are no buttons, and the commands are whole", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    await page.locator(".differences tbody tr").waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0);
    assert.equal(await page.locator(".command", { hasText: "niengiam refuse" }).isVisible(), true);
    await picture(page, "jobs-print", true);
  }, { home: program.address, fresh: true });
});

test("a file that is dropped shows its table, what is wrong and what would change, and nothing of it is kept", async () => {
  await visit({ ...phone, bypassCSP: true }, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    const tried = page.locator(".tryout");
    await tried.locator("select").selectOption("criterion-19-2");
    const content = `${readFileSync(join(program.workspace, file), "utf8").split("\n")[0]}\n2018,80,119,2019-02-21,,,\n2017,mười,119,2019-02-21,,,\n`;
    const data = await page.evaluateHandle(([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text!], name!, { type: "text/csv" }));
      return transfer;
    }, ["criterion_19_2.csv", content]);
    await tried.locator(".drop").dispatchEvent("drop", { dataTransfer: data });
    await tried.locator(".differences tbody tr").first().waitFor();
    const told = await tried.innerText();
    for (const part of ["Lần nạp sẽ phải chờ duyệt", "2 dòng đọc được, 1 dòng nhận, 1 dòng lỗi", "mười", "78/119", "80/119", "+2,6%", "communes"]) assert.ok(told.includes(part), `without “${part}”:\n${told}`);
    await barriers(page);
    assert.ok(!readFileSync(join(program.workspace, file), "utf8").includes("2018,80"));
    await page.emulateMedia({ media: "print" });
    assert.equal(await tried.locator(".drop").isVisible(), false);
    assert.equal(await tried.locator(".differences").isVisible(), true);
  }, { home: program.address, fresh: true });
});

test("an officer loads a source now and follows it, pauses its schedule and lets it go on", async () => {
  await visit({ ...phone, bypassCSP: true }, async (page) => {
    await page.goto(`${program.address}/jobs/?lang=en`);
    const source = page.locator(".sources tbody tr", { has: page.locator("code", { hasText: /^ntm-reports$/ }) });
    await source.waitFor();
    assert.match(await source.innerText(), /every Monday at 07:00\s+0 7 \* \* 1 Asia\/Ho_Chi_Minh/);
    await source.getByRole("button", { name: "Load now, pause" }).click();
    const control = page.locator(".control");
    await control.getByLabel("Your name").fill("An");
    await control.getByRole("button", { name: "Load now" }).click();
    // The stream tells that the load has ended, and the page asks what came of it.
    await source.getByText("nothing new").waitFor();
    assert.match(await source.innerText(), /An\s/);
    await control.getByLabel("Comment (to pause or go on)").fill("the file is wrong");
    await control.getByRole("button", { name: "Pause the schedule" }).click();
    await source.getByText(/since .+, by An: the file is wrong/).waitFor();
    await settled(page);
    await picture(page, "jobs-paused");
    await barriers(page);
    await control.getByRole("button", { name: "Let it go on" }).click();
    await source.getByText(/the file is wrong/).waitFor({ state: "detached" });
    await source.getByRole("button", { name: "History" }).click();
    await page.locator(".history tbody tr").nth(1).waitFor();
    assert.match(await page.locator(".history").innerText(), /An[\s\S]+nothing new[\s\S]+Next:/);
    await barriers(page);
  }, { home: program.address, fresh: true });
});

test("where no events come through the page asks from time to time", async () => {
  await visit(desktop, async (page) => {
    await page.route("**/graphql", (route) => (route.request().headers().accept === "text/event-stream" ? route.fulfill({ json: {} }) : route.continue()));
    await page.goto(`${program.address}/jobs/`);
    const source = page.locator(".sources tbody tr", { has: page.locator("code", { hasText: /^census$/ }) });
    await source.getByText(userInfo().username).waitFor();
    assert.doesNotMatch(await source.innerText(), /không có gì mới/);
    assert.match(await program.run("load", "census"), /unchanged/);
    await source.getByText("không có gì mới").waitFor();
  }, { home: program.address, fresh: true });
});

test("by keyboard alone one comes to the decision", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    await page.locator(".differences tbody tr").waitFor();
    const reached: string[] = [];
    for (let i = 0; i < 40 && !reached.includes("Từ chối"); i++) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => (document.activeElement as HTMLElement).closest("label")?.textContent || document.activeElement?.textContent || ""));
    }
    for (const stop of ["Họ tên người quyết định", "Lý do", "Duyệt", "Từ chối"]) assert.ok(reached.includes(stop), `${stop} is not among ${reached.join(" | ")}`);
  }, { home: program.address });
});

test("an officer sees why yesterday's load was held, and approves it", async () => {
  await visit(desktop, async (page) => {
    await page.goto(`${program.address}/`);
    await page.getByRole("link", { name: "Cập nhật số liệu" }).click();
    await page.getByRole("heading", { name: "Đang chờ duyệt (1)" }).waitFor();
    await page.getByText("Nếu duyệt: 1 con số đã công bố sẽ đổi").waitFor();
    const cells = row(page, /Xã đạt tiêu chí 19\.2/);
    await cells.waitFor();
    assert.match(await cells.innerText(), /An Giang · năm 2019\s+97\/119\s+83\/119\s+data\/criterion_19_2\.csv dòng 5, cột “met”\s+suy ra: 97 − 14 = 83/);
    assert.match(await page.locator(".rejects tbody tr").innerText(), /data\/criterion_19_2\.csv dòng 6, cột “met”\s+chín mươi\s+không phải số theo cách viết của nguồn[\s\S]+NOT_A_NUMBER\s+kiểm tra csv\.decimal và csv\.thousands/);
    assert.match(await page.locator("tbody tr", { hasText: "for-leaders" }).innerText(), /về đơn vị 89\s+chưa gửi lần nào\s+07:00.+\s+0 7 5 \* \*/);
    const source = page.locator("tbody tr", { hasText: "criterion-19-2" }).last();
    assert.match(await source.innerText(), /chờ duyệt/);
    // Without a name and a reason nothing is decided.
    await page.getByRole("button", { name: "Duyệt" }).click();
    await page.getByLabel("Họ tên người quyết định").fill("Nguyễn Văn An");
    await page.getByRole("textbox", { name: "Lý do" }).fill("bài viết ngày 12/3/2021 nêu tăng 14 xã");
    assert.match(await page.locator(".command", { hasText: "niengiam approve" }).innerText(), /niengiam approve \d+ --actor 'Nguyễn Văn An' --comment 'bài viết ngày 12\/3\/2021 nêu tăng 14 xã'/);
    assert.equal(await answer(), "97/119 xã (81,5%)");
    await page.getByRole("button", { name: "Duyệt" }).click();
    await page.getByText("Không có đợt cập nhật nào đang chờ duyệt").first().waitFor();
    assert.match(await page.locator(".decided li").first().innerText(), /đã duyệt.+đợt công bố số \d+\s+Nguyễn Văn An: bài viết ngày 12\/3\/2021/);
    assert.equal(await answer(), "83/119 xã (69,7%)");
  }, { home: program.address });
});

test("what corrects a day of publication is approved as the mending of a slip, and earlier days say so", async () => {
  const path = join(program.workspace, file);
  writeFileSync(path, readFileSync(path, "utf8").replace("2019,83,119,2021-03-12", "2019,84,119,2021-03-12"));
  assert.match(await program.run("load", "criterion-19-2"), /held: criterion-19-2/);
  await visit({ ...desktop, bypassCSP: true }, async (page) => {
    await page.goto(`${program.address}/jobs/`);
    await page.getByText("1 con số sửa số mà chính nguồn này đã công bố cùng ngày trước đó").waitFor();
    await page.getByLabel("Họ tên người quyết định").fill("Nguyễn Văn An");
    await page.getByRole("textbox", { name: "Lý do" }).fill("đọc nhầm 84 thành 83");
    await page.getByLabel("Đây là sửa lỗi chép").check();
    assert.match(await page.locator(".command", { hasText: "niengiam approve" }).innerText(), /niengiam approve \d+ .+ --copying-slip/);
    await barriers(page);
    await page.getByRole("button", { name: "Duyệt" }).click();
    assert.match(await page.locator(".decided li", { hasText: "sửa lỗi chép" }).innerText(), /đã duyệt.+sửa lỗi chép.+đợt công bố số \d+/);
    assert.equal(await answer(`, scope: {asOf: {date: "2021-12-31"}}`), "84/119 xã (70,6%)");
  }, { home: program.address });
});

// answer is what readers are told of 2019.
async function answer(scope = ""): Promise<string> {
  const query = `{ figure(indicator: "criterion-19-2", unit: "89", year: 2019${scope}) { text } }`;
  const reply = await fetch(`${program.address}/graphql?query=${encodeURIComponent(query)}`);
  return ((await reply.json()) as { data: { figure: { text: string } } }).data.figure.text;
}

test("where callers may not look, the page tells the command that shows it", async () => {
  const closed = await start({
    change(dir) {
      keepSources(dir, "criterion-19-2");
      const lines = readFileSync(join(dir, file), "utf8").trimEnd().split("\n");
      writeFileSync(join(dir, file), `${lines.slice(0, 4).join("\n")}\n`);
    },
    args: ["--load"],
  });
  try {
    appendFileSync(join(closed.workspace, file), "2019,83,119,2021-03-12,,,\n2021,chín mươi,119,2022-03-01,,,\n");
    await closed.run("load", "criterion-19-2");
    await visit({ ...phone, bypassCSP: true }, async (page) => {
      await page.goto(`${closed.address}/jobs/`);
      await page.getByText(/^niengiam restatements \d+$/).waitFor();
      assert.equal(await page.locator(".differences").count(), 0);
      assert.equal(await page.getByRole("button", { name: "Duyệt" }).count(), 0);
      await page.getByText(/^niengiam approve \d+ --actor 'HỌ TÊN' --comment 'LÝ DO'$/).waitFor();
      // Of rejected rows the number is told, and who loaded is nobody's business.
      assert.match(await page.locator("article.rejects").innerText(), /1 dòng\. Máy chủ này không cho xem từng dòng[\s\S]+niengiam sql/);
      const told = await page.locator("main").innerText();
      for (const secret of ["chín mươi", "người cập nhật", `\n${userInfo().username}\n`]) assert.ok(!told.includes(secret), `${secret} is in ${told}`);
      await settled(page);
      await picture(page, "jobs-closed-phone", true);
      await barriers(page);
    }, { home: closed.address });
  } finally {
    await closed.stop();
  }
});

test("of a confidential indicator the page tells which cell would change, and no number", async () => {
  const secret = await start({ workspace: new URL("../../cmd/niengiam/testdata/synthetic-small-numbers", import.meta.url).pathname, args: ["--load", "--release-management", "view"] });
  try {
    const cases = join(secret.workspace, "cases.csv");
    writeFileSync(cases, readFileSync(cases, "utf8").replace(/^(A,2020,)4(,.*)$/m, "$15$2"));
    assert.match(await secret.run("load"), /held/);
    await visit(desktop, async (page) => {
      await page.goto(`${secret.address}/jobs/?lang=en`);
      const cell = page.locator(".differences tbody tr");
      await cell.waitFor();
      assert.equal(await cell.locator(".old").innerText(), "withheld: confidential indicator");
      assert.equal(await cell.locator(".new").innerText(), "withheld: confidential indicator");
    }, { home: secret.address });
  } finally {
    await secret.stop();
  }
});
