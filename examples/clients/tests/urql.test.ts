// urql with its document cache.
import assert from "node:assert/strict";
import { test } from "node:test";

import { cacheExchange, Client, fetchExchange } from "@urql/core";

import { CriterionDocument, FigureDocument } from "../generated/graphql";
import { api, counting } from "./program";

const question = { unit: "89", year: 2020, baseYear: 2019 };

for (const preferGetMethod of [false, "force"] as const) {
  test(`a question, typed, and again from the cache: ${preferGetMethod ? "GET" : "POST"}`, async () => {
    const { seen, ask } = counting();
    const client = new Client({ url: api, exchanges: [cacheExchange, fetchExchange], fetch: ask, preferGetMethod });
    for (let i = 0; i < 2; i++) {
      const { data, error } = await client.query(CriterionDocument, question).toPromise();
      assert.equal(error, undefined);
      assert.equal(data!.comparison!.rows[0].change.absolute, "14");
    }
    assert.deepEqual(seen.methods, [preferGetMethod ? "GET" : "POST"]);
  });
}

test("faults keep their codes", async () => {
  const client = new Client({ url: api, exchanges: [fetchExchange], preferGetMethod: false });
  const { error } = await client.query(FigureDocument, { indicator: "population", unit: "8900", year: 2020 }).toPromise();
  assert.equal(error?.graphQLErrors[0].extensions.code, "UNKNOWN_UNIT");
  assert.equal(error?.graphQLErrors[0].extensions.where, "unit");
});
