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
const strengths = 3;

/**
 * Five classes with about as many units each; equal figures share a class. Changes
 * are parted at zero instead: those below, zero itself, those above, the farther the
 * stronger.
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

/** Up to three classes on each side of zero, as many as it has room for: one-sided changes still differ. */
function byZero(sorted: number[]): Group[] {
  const side = (values: number[]) => cut(values, Math.min(strengths, new Set(values).size));
  const below = side(sorted.filter((v) => v < 0));
  const above = side(sorted.filter((v) => v > 0));
  const zero = sorted.filter((v) => v === 0);
  return [
    ...below.map((values, i) => ({ name: `down-${strengthOf(below.length - 1 - i, below.length)}`, values })),
    ...(zero.length > 0 ? [{ name: "even", values: zero }] : []),
    ...above.map((values, i) => ({ name: `up-${strengthOf(i, above.length)}`, values })),
  ];
}

/** The colour of a class that is so far from zero among so many: a lone one is of the middle strength. */
const strengthOf = (i: number, of: number) => (of === 1 ? 2 : 1 + Math.round((i * (strengths - 1)) / (of - 1)));

/** Cuts sorted values into parts of about one size; equal values stay together, on the side that they are nearer to. */
function cut(sorted: number[], parts: number): number[][] {
  const groups: number[][] = [];
  // From where and for which part sizes are counted: where equal values moved an end, from there on anew.
  let [start, first] = [0, 0];
  let from = 0;
  for (let part = 1; part <= parts && from < sorted.length; part++) {
    const wanted = Math.max(from + 1, start + Math.round(((sorted.length - start) * (part - first)) / (parts - first)));
    let [before, after] = [wanted, wanted];
    while (before > from && sorted[before - 1] === sorted[before]) before--;
    while (after < sorted.length && sorted[after - 1] === sorted[after]) after++;
    const to = before > from && wanted - before <= after - wanted ? before : after;
    if (to !== wanted) [start, first] = [to, part];
    groups.push(sorted.slice(from, to));
    from = to;
  }
  return groups;
}
