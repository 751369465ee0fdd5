// GraphQL over HTTP, by the audit of graphql-http, which the authors of the specification keep.
import assert from "node:assert/strict";
import { test } from "node:test";

import { serverAudits } from "graphql-http";

import { api } from "./program";

/** What it would rather have otherwise; docs/clients.md says why it is so. */
const ours = new Map([
  ["572B", "a question that cannot be parsed has status 400 for application/json too"],
  ["FDE2", "so has one that does not fit the schema"],
  ["7B9B", "and one whose variables do not"],
]);

for (const audit of serverAudits({ url: api })) {
  test(audit.name, async () => {
    const result = await audit.fn();
    assert.equal(result.status, ours.has(audit.id) ? "warn" : "ok", "reason" in result ? result.reason : "");
  });
}

test("the audit is whole", () => {
  assert.equal(serverAudits({ url: api }).length, 60);
});

test("the address with a stroke at its end is the same", async () => {
  const answer = await fetch(`${api}/`, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"query":"{ __typename }"}' });
  assert.deepEqual([answer.status, ((await answer.json()) as { data: unknown }).data], [200, { __typename: "Query" }]);
});

test("HEAD has the headers of GET and no body", async () => {
  const question = `${api}?query={levels{code}}`;
  const [head, get] = [await fetch(question, { method: "HEAD" }), await fetch(question)];
  assert.deepEqual([head.status, head.headers.get("content-type"), await head.text()], [200, get.headers.get("content-type"), ""]);
});
