// The files of exports, each read by a library that has nothing to do with what
// wrote it, and held against the answer of the API.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { tableFromIPC } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import JSONstat from "jsonstat-toolkit";
import readExcel from "read-excel-file/node";

import { GraphQLClient } from "graphql-request";

import { PopulationSeriesDocument } from "../generated/graphql";
import { address, api } from "./program";

type Row = { code: string; name: string; year: number; value: string; status: string };

let rows: Row[] = [];

before(async () => {
  const { series } = await new GraphQLClient(api).request(PopulationSeriesDocument, {});
  rows = series!.series.flatMap(({ unit, figures }) =>
    figures.map((figure) => ({ code: unit.code, name: unit.name, year: figure.year, value: figure.value!, status: figure.status })),
  );
  assert.equal(rows.length, 13 * 6, "the 13 provinces of the Mekong delta in six years");
});

async function file(ending: string): Promise<ArrayBuffer> {
  const response = await fetch(`${address}/export/population-series.${ending}`);
  assert.equal(response.status, 200);
  return response.arrayBuffer();
}

test("XLSX, by read-excel-file", async () => {
  const sheets = (await readExcel(Buffer.from(await file("xlsx")))) as unknown as { sheet: string; data: unknown[][] }[];
  const [head, ...table] = sheets[0].data;
  assert.deepEqual(head, ["unit.code", "unit.name", "figures.year", "figures.value", "figures.status"]);
  assert.deepEqual(table, rows.map((row) => [row.code, row.name, row.year, Number(row.value), row.status]));
  assert.equal(sheets[1].sheet, "Ghi chú - Notes");
  const notes = sheets[1].data.map((line) => line.join(": ")).join("\n");
  assert.match(notes, /Nguồn \/ Source: Dân số trung bình phân theo địa phương/);
});

test("Arrow, by apache-arrow", async () => {
  const table = tableFromIPC(new Uint8Array(await file("arrow")));
  assert.equal(String(table.schema.fields.find((field) => field.name === "figures.value")!.type), "Decimal[38e+16]");
  assert.deepEqual(table.getChild("unit.name")!.toArray(), rows.map((row) => row.name));
  assert.deepEqual([...table.getChild("figures.year")!].map(Number), rows.map((row) => row.year));
  assert.equal(JSON.parse(table.schema.metadata.get("niengiam")!).question, "population-series");
});

test("Parquet, by hyparquet", async () => {
  const table = await parquetReadObjects({ file: await file("parquet") });
  assert.deepEqual(
    // hyparquet makes floats of decimals, by a multiplication that may be off in the last bit.
    table.map((row) => [row["unit.code"], row["unit.name"], Number(row["figures.year"]), row["figures.value"].toPrecision(14)]),
    rows.map((row) => [row.code, row.name, row.year, Number(row.value).toPrecision(14)]),
  );
});

test("JSON-stat, by jsonstat-toolkit", async () => {
  const set = JSONstat(JSON.parse(Buffer.from(await file("jsonstat")).toString()));
  assert.equal(set.class, "dataset");
  for (const row of rows) {
    const cell = set.Data({ "unit.code": row.code, "figures.year": String(row.year), measure: "figures.value" });
    assert.equal(cell.value, Number(row.value));
    assert.equal(cell.status, row.status);
    assert.equal(set.Dimension("unit.code").Category(row.code).label, row.name);
  }
});

test("JSON, as Power Query and Grafana read it", async () => {
  const table = JSON.parse(Buffer.from(await file("json")).toString());
  assert.deepEqual(
    table.rows.map((row: Record<string, unknown>) => [row["unit.code"], row["figures.year"], row["figures.value"]]),
    rows.map((row) => [row.code, row.year, Number(row.value)]),
  );
});
