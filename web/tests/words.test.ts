// Both languages have every word: each module called words.ts says the same things in each.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

const source = new URL("../src/", import.meta.url);
const modules = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)words\.ts$/.test(file));

// The modules learn the language from the address of the page that they are on.
Object.assign(globalThis, { location: { search: "", pathname: "/" }, document: { documentElement: {} }, addEventListener() {} });

type Words = { [key: string]: string | ((...of: never[]) => string) | Words };

function compare(path: string, vi: Words, en: Words): void {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort(), `${path}: the languages have other keys`);
  for (const [key, value] of Object.entries(vi)) {
    assert.equal(typeof en[key], typeof value, `${path}.${key}`);
    if (typeof value === "object") compare(`${path}.${key}`, value, en[key] as Words);
    else if (typeof value === "string") assert.ok(value.trim() !== "" && String(en[key]).trim() !== "", `${path}.${key} is empty`);
  }
}

test("there are words to compare", () => assert.ok(modules.length >= 2, modules.join()));

for (const file of modules) {
  test(`both languages have every word: ${file}`, async () => {
    const { vi, en } = (await import(new URL(file, source).href)) as { vi: Words; en: Words };
    compare(file, vi, en);
  });
}
