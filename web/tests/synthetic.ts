// A workspace of a whole country that there is not: 10,000 communes in 600 districts and
// 60 provinces, with seven years of two indicators. Every figure is made up by rule, and
// its titles, names and units say so on screen and in every file taken from it.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const communes = 10_000;
export const districts = 600;
export const provinces = 60;
export const years = [2018, 2019, 2020, 2021, 2022, 2023, 2024];

/** Communes without a figure in the last year: every so many. */
const missing = 400;
/** Communes that joined after the base year and so have none there. */
const late = 1_000;

/** Makes the workspace in a directory, whatever was there. */
export function synthesize(dir: string): void {
  for (const entry of readdirSync(dir)) rmSync(join(dir, entry), { recursive: true });
  mkdirSync(join(dir, "data"));
  writeFileSync(join(dir, "niengiam.yaml"), manifest);
  writeFileSync(join(dir, "levels.yaml"), levels);
  writeFileSync(join(dir, "topics.yaml"), "topics:\n  - {code: synthetic, name: {vi: Số liệu giả lập, en: Synthetic figures}}\n");
  writeFileSync(join(dir, "indicators.yaml"), indicators);
  writeFileSync(join(dir, "units.csv"), units());
  writeFileSync(join(dir, "data/figures.csv"), figures());
  mkdirSync(join(dir, "maps"));
  writeFileSync(join(dir, "maps/communes.topojson"), shapes());
}

/** The side of the square country, in communes, and how many points bend each side of one. */
const side = Math.sqrt(communes);
const bends = 3;

// The shapes of the communes, in rows from the north-west: squares with bent sides that
// neighbours share, of 16 points each.
function shapes(): string {
  const at = (x: number, y: number, bend: number): [number, number] => [105 + (x + bend) * 0.03, 20 - y * 0.03];
  const arcs: [number, number][][] = [];
  const line = (from: [x: number, y: number], dx: number, dy: number) => {
    const points: [number, number][] = [];
    for (let i = 0; i <= bends + 1; i++) {
      const [along, off] = [i / (bends + 1), (i % 2) * 0.08 * (i > 0 && i <= bends ? 1 : 0)];
      points.push(at(from[0] + dx * along, from[1] + dy * along + dx * off, dy * off));
    }
    arcs.push(points.map(([x, y]) => [Math.round(x * 1e5) / 1e5, Math.round(y * 1e5) / 1e5]));
  };
  for (let y = 0; y <= side; y++) for (let x = 0; x < side; x++) line([x, y], 1, 0);
  for (let y = 0; y < side; y++) for (let x = 0; x <= side; x++) line([x, y], 0, 1);
  const down = (side + 1) * side;
  const geometries = Array.from({ length: communes }, (_, n) => {
    const [x, y] = [n % side, Math.floor(n / side)];
    const [top, bottom, left, right] = [y * side + x, (y + 1) * side + x, down + y * (side + 1) + x, down + y * (side + 1) + x + 1];
    return { type: "Polygon", id: communeCode(n + 1), arcs: [[top, right, ~bottom, ~left]] };
  });
  return JSON.stringify({ type: "Topology", arcs, objects: { communes: { type: "GeometryCollection", geometries } } });
}

/** The code and the name of the commune with a number from 1. */
export const communeCode = (n: number) => `C${String(n).padStart(5, "0")}`;
export const communeName = (n: number) => `Giả lập ${n}`;
const districtCode = (n: number) => `D${String(n).padStart(3, "0")}`;
const provinceCode = (n: number) => `P${String(n).padStart(2, "0")}`;

/** In which of so many parts a thing lies that is one of so many; all count from 1. */
const within = (n: number, of: number, parts: number) => Math.ceil((n * parts) / of);

function units(): string {
  const lines = ["code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note"];
  const unit = (code: string, level: string, kind: string, parent: string, name: string, english: string) =>
    lines.push([code, level, kind, parent, name, english, "", "", "baseline", "giả lập / synthetic"].join());
  unit("S", "country", "quoc-gia", "", "Giả lập", "Synthetica");
  for (let n = 1; n <= provinces; n++) unit(provinceCode(n), "province", "tinh", "S", `Giả lập ${n}`, `Synthetic ${n}`);
  for (let n = 1; n <= districts; n++) unit(districtCode(n), "district", "huyen", provinceCode(within(n, districts, provinces)), `Giả lập ${n}`, `Synthetic ${n}`);
  for (let n = 1; n <= communes; n++) unit(communeCode(n), "commune", "xa", districtCode(within(n, communes, districts)), communeName(n), `Synthetic ${n}`);
  return `${lines.join("\n")}\n`;
}

// The people of a commune grow or shrink by a share of its own, so that ranks move and
// changes have both signs; the households follow them.
function figures(): string {
  const lines = ["code,year,people,poor,households,status"];
  for (const year of years) {
    for (let n = 1; n <= communes; n++) {
      if (year < 2020 && n % late === 0) continue;
      const last = year === years.at(-1);
      const people = 2_000 + ((n * 7_919) % 18_000);
      const grown = Math.round(people * (1 + (((n * 31) % 41) - 16) * 0.002 * (year - years[0]!)));
      const households = Math.ceil(grown / 4);
      const poor = Math.floor((households * ((n * 13 + year) % 29)) / 100);
      const known = !(last && n % missing === 0);
      lines.push([communeCode(n), year, ...(known ? [grown, poor, households] : ["…", "…", "…"]), last ? "P" : ""].join());
    }
  }
  return `${lines.join("\n")}\n`;
}

const manifest = `workspace: synthetic
title: {vi: Nước giả lập, en: A synthetic country}
time_zone: Asia/Ho_Chi_Minh
catalogue: {levels: levels.yaml, topics: topics.yaml, indicators: [indicators.yaml], units: [units.csv]}
maps: # until 2024; since then there are tiles
  - {code: communes, level: commune, file: maps/communes.topojson, valid_to: 2024-01-01, source: {title: Synthetic shapes}}
sources:
  - code: synthetic
    title: {vi: Số liệu giả lập để thử, en: Synthetic figures for tests}
    publisher: {vi: Không ai công bố, en: Published by nobody}
    files: [data/figures.csv]
    unit: {column: code}
    year: {column: year}
    published: {constant: 2025-03-01}
    status: {column: status}
    measures:
      - {indicator: {constant: synthetic-people}, value: {column: people}}
      - {indicator: {constant: synthetic-poverty}, value: {column: poor}, denominator: {column: households}}
`;

const levels = `levels:
  - {code: country, name: {vi: cả nước, en: country, en_plural: countries}, kinds: [{code: quoc-gia, name: {vi: Nước, en: Country}}]}
  - {code: province, name: {vi: tỉnh, en: province, en_plural: provinces}, kinds: [{code: tinh, name: {vi: Tỉnh, en: Province}}]}
  - {code: district, name: {vi: huyện, en: district, en_plural: districts}, kinds: [{code: huyen, name: {vi: Huyện, en: District}}]}
  - {code: commune, name: {vi: xã, en: commune, en_plural: communes}, kinds: [{code: xa, name: {vi: Xã, en: Commune}}]}
`;

const indicators = `indicators:
  - code: synthetic-people
    topic: synthetic
    kind: count
    name: {vi: Số dân giả lập, en: Synthetic people}
    description: {vi: "Số liệu giả lập theo công thức, không phải của nơi nào.", en: "Synthetic figures made by a formula; they are of no place."}
    unit: {vi: người giả lập, en: synthetic person, en_plural: synthetic people}
    decimals: 0
    direction: neutral
    eligible: {level: commune}
  - code: synthetic-poverty
    topic: synthetic
    kind: ratio
    name: {vi: Tỷ lệ hộ nghèo giả lập, en: Synthetic poverty rate}
    description: {vi: "Số liệu giả lập theo công thức, không phải của nơi nào.", en: "Synthetic figures made by a formula; they are of no place."}
    unit: {vi: hộ giả lập, en: synthetic household, en_plural: synthetic households}
    decimals: 1
    direction: lower
    eligible: {level: commune}
`;
