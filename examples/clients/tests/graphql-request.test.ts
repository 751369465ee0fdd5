// graphql-request, the smallest of the clients; here with the saved questions of the
// workspace, which are typed operations like any other.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ClientError, GraphQLClient } from "graphql-request";

import { CensusByDistrictDocument, CriterionDocument, PopulationGrowthDocument, PopulationSeriesDocument } from "../generated/graphql";
import { api } from "./program";

const client = new GraphQLClient(api);

test("saved questions are typed operations, with their defaults", async () => {
  const { ranking } = await client.request(PopulationGrowthDocument, {});
  assert.ok(ranking);
  assert.equal(ranking.rankedCount, 63);
  assert.equal(ranking.rows[0].unit.name, "Bình Dương");
  assert.match(ranking.rows[0].change.percent!, /^16\.867/);

  const census = await client.request(CensusByDistrictDocument, { year: 2019 });
  assert.equal(census.ranking!.total?.current.value, "1908352");

  const { series } = await client.request(PopulationSeriesDocument, { from: 2023 });
  assert.ok(series!.series.every((each) => each.figures.length === 2));
});

test("a refused question is an error with its code", async () => {
  await assert.rejects(client.request(CriterionDocument, { unit: "89", year: 1066, baseYear: 2019 }), (error) => {
    assert.ok(error instanceof ClientError);
    assert.equal(error.response.errors![0].extensions.code, "UNKNOWN_YEAR");
    return true;
  });
});
