// Where the name of a unit is written: within its largest piece, where that has most room,
// and nowhere else. A name that has no room is not written.
import polylabel from "polylabel";

export type Ring = [number, number][];

/** The name of a unit in its place. */
export interface Label {
  code: string;
  lines: string[];
  /** The middle of all lines. */
  x: number;
  y: number;
  /** How high the letters are. */
  size: number;
}

/** A unit that is to be named, with the outline of its largest piece and the holes in it. */
export interface Named {
  code: string;
  name: string;
  rings: Ring[];
}

/** The heights of letters that are tried, from the greatest. */
const sizes = [14, 13, 12, 11, 10];
/** The height of a line, in letters. */
export const leading = 1.12;
/** How far a name stays from the line around its unit. */
const clear = 1;
const mostLines = 4;
/** How far apart the places are that are tried, and about how many they are at most. */
const grain = 2;
const mostPlaces = 1_000;

/** How wide a text is in the page's own font, in letters' heights. */
export type Wide = (text: string) => number;

/** Gives what measures names. The font is waited for, so that they are measured in it. */
export async function measured(): Promise<Wide> {
  const { fontFamily } = getComputedStyle(document.body);
  const one = 100; // measured large, so that nothing is rounded
  const font = `600 ${one}px ${fontFamily}`;
  await document.fonts.load(font, "Ệg").catch(() => []);
  const context = document.createElement("canvas").getContext("2d")!;
  context.font = font;
  return (text) => context.measureText(text).width / one;
}

/** The names that have room. */
export const labelsOf = (units: readonly Named[], wide: Wide): Label[] => units.flatMap((unit) => labelOf(unit, wide) ?? []);

/** A text on one line, or on two where it is wider than so many letters' heights. */
export const within = (text: string, width: number, wide: Wide): string[] => (wide(text) <= width ? [text] : (waysOf(text, wide)[1] ?? [text]));

/** The name of a unit as large as it has room for, and on as few lines. */
function labelOf({ code, name, rings }: Named, wide: Wide): Label | undefined {
  const ways = waysOf(name, wide).flatMap((lines) => {
    const [width, height] = [Math.max(...lines.map(wide)), lines.length * leading];
    const [x, y] = poleOf(rings, height / width);
    return [{ lines, width, height, x, y }];
  });
  for (const size of sizes) {
    for (const { lines, width, height, x, y } of ways) {
      if (holds(rings, x, y, (width * size) / 2 + clear, (height * size) / 2 + clear)) return { code, lines, x, y, size };
    }
  }
  // Where most room is all around there may be too little to the sides, and elsewhere enough.
  const size = sizes.at(-1)!;
  for (const { lines, width, height, x, y } of ways) {
    const found = seek(rings, x, y, (width * size) / 2 + clear, (height * size) / 2 + clear);
    if (found) return { code, lines, ...found, size };
  }
  return undefined;
}

/** Seeks the middle of a box within an outline, as near to a point as there is one. */
function seek(rings: readonly Ring[], x: number, y: number, halfWidth: number, halfHeight: number): { x: number; y: number } | undefined {
  const [xs, ys] = [rings[0]!.map(([x]) => x), rings[0]!.map(([, y]) => y)];
  const [left, top, right, bottom] = [Math.min(...xs) + halfWidth, Math.min(...ys) + halfHeight, Math.max(...xs) - halfWidth, Math.max(...ys) - halfHeight];
  if (right < left || bottom < top) return undefined;
  const apart = Math.max(grain, Math.sqrt(((right - left) * (bottom - top)) / mostPlaces));
  const places: { x: number; y: number; away: number }[] = [];
  for (let down = top; down <= bottom; down += apart) {
    for (let along = left; along <= right; along += apart) places.push({ x: along, y: down, away: Math.hypot(along - x, down - y) });
  }
  return places.toSorted((a, b) => a.away - b.away).find((place) => holds(rings, place.x, place.y, halfWidth, halfHeight));
}

/** The point within an outline that has most room around it for a box that is so many times as high as wide. */
export function poleOf(rings: readonly Ring[], steep: number): [number, number] {
  const [x, y] = polylabel(rings.map((ring) => ring.map(([x, y]): [number, number] => [x * steep, y])), 0.5);
  return [x / steep, y];
}

/** A name on one line, on two and on more, each broken so that the longest line is short. */
function waysOf(name: string, wide: Wide): string[][] {
  const words = name.split(" ");
  const ways = [[name]];
  for (let count = 2; count <= Math.min(mostLines, words.length); count++) {
    const longest = (lines: string[]) => Math.max(...lines.map(wide));
    ways.push(broken(words, count).reduce((best, one) => (longest(one) < longest(best) ? one : best)));
  }
  return ways;
}

/** Every way to break words into so many lines. */
function broken(words: string[], count: number): string[][] {
  if (count === 1) return [[words.join(" ")]];
  const all: string[][] = [];
  for (let first = 1; first <= words.length - count + 1; first++) {
    for (const others of broken(words.slice(first), count - 1)) all.push([words.slice(0, first).join(" "), ...others]);
  }
  return all;
}

/** Reports whether a box about a point lies within an outline. */
function holds(rings: readonly Ring[], x: number, y: number, halfWidth: number, halfHeight: number): boolean {
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
      if (crosses(a[0] - x, a[1] - y, b[0] - x, b[1] - y, halfWidth, halfHeight)) return false;
    }
  }
  return isWithin(rings, x, y);
}

/** Reports whether a line has a point in a box about zero. */
function crosses(x1: number, y1: number, x2: number, y2: number, halfWidth: number, halfHeight: number): boolean {
  let [from, to] = [0, 1];
  for (const [start, by, half] of [[x1, x2 - x1, halfWidth], [y1, y2 - y1, halfHeight]] as const) {
    if (by === 0) {
      if (Math.abs(start) > half) return false;
      continue;
    }
    const [one, other] = [(-half - start) / by, (half - start) / by];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from <= to;
}

/** Reports whether a point lies within an outline and in none of its holes. */
export function isWithin(rings: readonly Ring[], x: number, y: number): boolean {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [ring[i]!, ring[j]!];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
    }
  }
  return within;
}
