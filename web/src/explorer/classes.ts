// Classes of a map. Their edges are figures themselves, in the API's words, so that the
// legend invents no number and rounds none.

/** The classes of a map, from the least. */
export interface Classes {
  /** The words of the least and of the greatest figure of each class. */
  edges: [string, string][];
  /** The name of each class in the style sheet. */
  names: string[];
  /** The class of a figure. */
  of: (value: number) => number;
}

/** A figure, or a change, that a unit is coloured by. */
export interface Shade {
  value: number;
  /** What it is in words. */
  text: string;
}

const most = 5;

/**
 * Five classes with about as many units each; equal figures share a class. Changes
 * are parted at zero instead: those below, zero itself, those above, each half of
 * them stronger.
 */
export function classify(shades: Shade[], changes: boolean): Classes {
  const sorted = shades.map(({ value }) => value).toSorted((a, b) => a - b);
  const groups = changes ? byZero(sorted) : quantiles(sorted);
  const texts = new Map(shades.map(({ value, text }) => [value, text]));
  const ends = groups.map(({ values }): [number, number] => [values[0]!, values.at(-1)!]);
  return {
    edges: ends.map(([from, to]) => [texts.get(from)!, texts.get(to)!]),
    names: groups.map(({ name }) => name),
    of: (value) => ends.findIndex(([, to]) => value <= to),
  };
}

interface Group {
  name: string;
  values: number[];
}

function quantiles(sorted: number[]): Group[] {
  const groups = cut(sorted, Math.min(most, new Set(sorted).size));
  // Few classes still reach from the lightest to the darkest.
  return groups.map((values, i) => ({ name: `class-${groups.length === 1 ? 3 : 1 + Math.round((i * (most - 1)) / (groups.length - 1))}`, values }));
}

function byZero(sorted: number[]): Group[] {
  const below = cut(sorted.filter((v) => v < 0), 2);
  const above = cut(sorted.filter((v) => v > 0), 2);
  const zero = sorted.filter((v) => v === 0);
  return [
    ...below.map((values, i) => ({ name: below.length === 2 && i === 1 ? "down-1" : "down-2", values })),
    ...(zero.length > 0 ? [{ name: "even", values: zero }] : []),
    ...above.map((values, i) => ({ name: above.length === 2 && i === 0 ? "up-1" : "up-2", values })),
  ];
}

/** Cuts sorted values into parts of about one size; equal values stay together. */
function cut(sorted: number[], parts: number): number[][] {
  const groups: number[][] = [];
  let from = 0;
  for (let part = 1; part <= parts && from < sorted.length; part++) {
    let to = Math.max(from + 1, Math.round((sorted.length * part) / parts));
    while (to < sorted.length && sorted[to] === sorted[to - 1]) to++;
    if (to > from) groups.push(sorted.slice(from, to));
    from = to;
  }
  return groups;
}
