// Apollo Client with its normalising cache, and with automatic persisted queries.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";

import { CriterionDocument, FigureDocument } from "../generated/graphql";
import { api, counting } from "./program";

// Nothing needs to be said of types: the schema has no interface and no union, and
// what has an `id` (a figure as of a release, a release) never changes under it.
// Units have codes, which may belong to different units at different times: they
// have no id, and are kept within the answer they stand in.
function client(link: ApolloLink) {
  return new ApolloClient({ link, cache: new InMemoryCache({ possibleTypes: {} }) });
}

const question = { unit: "89", year: 2020, baseYear: 2019 };

test("the worked example, typed", async () => {
  const apollo = client(new HttpLink({ uri: api }));
  const { data } = await apollo.query({ query: CriterionDocument, variables: question });
  const row = data!.comparison!.rows[0];
  assert.equal(row.current.value, "97");
  assert.equal(row.change.absolute, "14");
  assert.match(row.change.points!, /^11\.7647/);
  assert.equal(row.change.primary, "POINTS");
  assert.equal(row.unit.name, "An Giang");
  assert.match(row.text, /^97\/119 communes \(81\.5%\), up 14 communes/);
});

test("the cache keeps figures by their ids, and answers from them", async () => {
  const { seen, ask } = counting();
  const apollo = client(new HttpLink({ uri: api, fetch: ask }));
  const first = await apollo.query({ query: CriterionDocument, variables: question });
  const id = first.data!.comparison!.rows[0].current.id;
  assert.equal(seen.count, 1);
  await apollo.query({ query: CriterionDocument, variables: question });
  assert.equal(seen.count, 1, "the same question is answered from the cache");

  const one = await apollo.query({ query: FigureDocument, variables: { indicator: "criterion-19-2", unit: "89", year: 2020 } });
  assert.equal(one.data!.figure!.id, id, "the same figure has the same id in every answer");
  const cached = apollo.cache.extract() as Record<string, Record<string, unknown>>;
  const figure = cached[`Figure:${id}`];
  assert.ok(figure, `no Figure:${id} among ${Object.keys(cached).join(" ")}`);
  assert.match(String(figure.rate), /^81\.5126/, "of the first question");
  assert.equal(figure.status, "A", "of the second");
  assert.ok(!Object.keys(cached).some((key) => key.startsWith("Unit:")), "a code is no id");
});

test("the schema has no interfaces and unions, so possibleTypes are empty", async () => {
  const apollo = client(new HttpLink({ uri: api }));
  const { data } = await apollo.query<{ __schema: { types: { name: string; kind: string }[] } }>({
    query: gql("{ __schema { types { name kind } } }"),
  });
  assert.deepEqual(data!.__schema.types.filter((type) => type.kind === "INTERFACE" || type.kind === "UNION"), []);
});

test("faults keep their codes", async () => {
  const apollo = client(new HttpLink({ uri: api }));
  await assert.rejects(apollo.query({ query: FigureDocument, variables: { indicator: "criterion-19-3", unit: "89", year: 2020 } }), (error) => {
    assert.ok(CombinedGraphQLErrors.is(error));
    assert.equal(error.errors[0].extensions?.code, "UNKNOWN_INDICATOR");
    assert.deepEqual((error.errors[0].extensions?.nearest as string[])[0], "criterion-19-2");
    return true;
  });
});

test("automatic persisted queries: the second time only the hash is sent", async () => {
  const { seen, ask } = counting();
  const persisted = new PersistedQueryLink({ sha256: (text) => createHash("sha256").update(text).digest("hex"), useGETForHashedQueries: true });
  // A name of its own, so that the server cannot know the query from another run.
  const query = gql(`query Once${Date.now()} { levels { code } }`);
  for (const want of [2, 1]) {
    const before = seen.count;
    const apollo = client(ApolloLink.from([persisted, new HttpLink({ uri: api, fetch: ask })]));
    const { data } = await apollo.query<{ levels: { code: string }[] }>({ query });
    assert.ok(data!.levels.some((level) => level.code === "commune"));
    assert.equal(seen.count - before, want);
  }
  assert.ok(!seen.bodies.at(-1)!.includes("levels"), seen.bodies.at(-1));
});
