// Finds where on a drawing nothing is drawn, for a frame to stand there.
import { isWithin, type Ring } from "./labels";

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A frame that looks for a place. */
export interface Asked {
  /** How many times as high as wide it is. */
  ratio: number;
  /** How much higher it is besides. */
  above: number;
  /** Where what it shows would lie; the frame stands as near as it can. */
  near: [number, number];
}

/** The side of the squares that a drawing is looked at in. */
const cell = 4;
/** How wide a frame is at most and at least, as parts of the drawing. */
const shares = [0.42, 0.38, 0.34, 0.3, 0.27, 0.24, 0.21, 0.18];
const leastWidth = 60;
/** How far a place may be from where it would lie, as a part of the drawing's width and of its height. */
const reach = 0.3;

/** Finds a place for each frame in which there is no land and no other frame; where there is none, below the drawing. */
export function freePlaces(asked: readonly Asked[], land: readonly Ring[], size: { width: number; height: number }): Place[] {
  const [columns, rows] = [Math.ceil(size.width / cell), Math.ceil(size.height / cell)];
  const taken = shores(land, columns, rows);
  let below = size.height + cell;
  return asked.map((one) => {
    const found = search(one, land, size, taken, columns, rows);
    if (found) {
      cover(taken, found, columns, rows);
      return found;
    }
    const width = Math.min(size.width, Math.max(leastWidth, size.width * 0.4));
    const place = { x: size.width - width, y: below, width, height: width * one.ratio + one.above };
    below += place.height + cell;
    return place;
  });
}

function search({ ratio, above, near }: Asked, land: readonly Ring[], size: { width: number; height: number }, taken: Uint8Array, columns: number, rows: number): Place | undefined {
  const sums = sumsOf(taken, columns, rows);
  const count = (x1: number, y1: number, x2: number, y2: number) => sums[y2 * (columns + 1) + x2]! - sums[y1 * (columns + 1) + x2]! - sums[y2 * (columns + 1) + x1]! + sums[y1 * (columns + 1) + x1]!;
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const target = [clamp(near[0], size.width), clamp(near[1], size.height)] as const;
  for (const share of shares) {
    const width = size.width * share;
    if (width < leastWidth) return undefined;
    const height = width * ratio + above;
    const [wide, high] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 1];
    // What lies beyond an edge stands between the land and that edge: islands in the sea that they lie in.
    const clear = (x: number, y: number) => count(near[0] < 0 ? 0 : x, near[1] < 0 ? 0 : y, near[0] > size.width ? columns : x + wide, near[1] > size.height ? rows : y + high) === 0;
    let best: { x: number; y: number; away: number } | undefined;
    for (let y = 0; y + high <= rows; y++) {
      for (let x = 0; x + wide <= columns; x++) {
        if (!clear(x, y)) continue;
        const [middleX, middleY] = [x * cell + width / 2, y * cell + height / 2];
        const [across, along] = [Math.abs(middleX - target[0]), Math.abs(middleY - target[1])];
        const away = Math.hypot(across, along);
        if (across > reach * size.width || along > reach * size.height || (best && away >= best.away)) continue;
        if (!land.some((ring) => isWithin([ring], middleX, middleY))) best = { x: x * cell, y: y * cell, away };
      }
    }
    // What is free to the very edge stands at the edge.
    if (best) return { x: best.x + wide >= columns * cell - cell ? size.width - width : best.x, y: best.y, width, height };
  }
  return undefined;
}

/** The squares that the outlines of land go through, and those beside them. */
function shores(land: readonly Ring[], columns: number, rows: number): Uint8Array {
  const taken = new Uint8Array(columns * rows);
  for (const ring of land) {
    for (let i = 1; i < ring.length; i++) {
      const [[x1, y1], [x2, y2]] = [ring[i - 1]!, ring[i]!];
      const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / (cell / 2)));
      for (let step = 0; step <= steps; step++) {
        const [column, row] = [Math.floor((x1 + ((x2 - x1) * step) / steps) / cell), Math.floor((y1 + ((y2 - y1) * step) / steps) / cell)];
        for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
          for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) taken[y * columns + x] = 1;
        }
      }
    }
  }
  return taken;
}

function cover(taken: Uint8Array, { x, y, width, height }: Place, columns: number, rows: number): void {
  for (let row = Math.max(0, Math.floor(y / cell) - 1); row < Math.min(rows, Math.ceil((y + height) / cell) + 1); row++) {
    for (let column = Math.max(0, Math.floor(x / cell) - 1); column < Math.min(columns, Math.ceil((x + width) / cell) + 1); column++) taken[row * columns + column] = 1;
  }
}

/** How many squares are taken above and to the left of each corner. */
function sumsOf(taken: Uint8Array, columns: number, rows: number): Uint32Array {
  const sums = new Uint32Array((columns + 1) * (rows + 1));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) sums[(y + 1) * (columns + 1) + x + 1] = taken[y * columns + x]! + sums[y * (columns + 1) + x + 1]! + sums[(y + 1) * (columns + 1) + x]! - sums[y * (columns + 1) + x]!;
  }
  return sums;
}
