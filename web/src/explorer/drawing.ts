// Shapes as a drawing: flat, north up, as large as a room allows; what lies far off stands
// in a frame of its own, so that the rest fills the room.
import { geoPath, geoTransform, type GeoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

import { freePlaces, type Place } from "./free";
import { labelsOf, measured, poleOf, within, type Label, type Ring } from "./labels";

/** A part of a map that is drawn in a frame of its own, in degrees: west, south, east and north. */
export interface Apart {
  name: { vi: string; en: string };
  box: [west: number, south: number, east: number, north: number];
}

/** A file of shapes: docs/workspace.md, maps. */
export type Shapes = Topology<{ units: GeometryCollection }> & { insets?: Apart[] };

/** Left, top, right and bottom. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** The largest that a drawing may be. */
export interface Room {
  width: number;
  height: number;
}

/** A unit that is to be drawn: its name, and the unit above it. */
export interface Wanted {
  name: string;
  parent: string | undefined;
}

/** A frame beside the rest, with the part of the map that it shows. */
export interface Inset extends Place {
  name: Apart["name"];
  /** The name on as many lines as it needs. */
  lines: { vi: string[]; en: string[] };
}

/** The shapes of some units, drawn. */
export interface Drawing {
  width: number;
  height: number;
  /** The outline of each unit by its code, what of it is in an inset included. */
  outlines: Map<string, string>;
  /** Of units that have pieces in an inset, the outline of the others. */
  mainlands: Map<string, string>;
  /** Of units that have some, the outline of pieces too small to be seen without a line of their own colour. */
  islets: Map<string, string>;
  /** A point within the largest piece of each unit, and the box that this piece fills. */
  places: Map<string, { x: number; y: number; box: Box }>;
  labels: Label[];
  insets: Inset[];
  /** The lines between units that lie in different ones above. */
  borders: string;
  /** The outer lines of all units together, insets left out. */
  coast: string;
}

/** From how many units on they are drawn together, without names, and in several steps. */
export const many = 1_000;
/** Up to so many units names are written where they fit. */
const named = 400;
/** How long one goes on drawing before the page may answer what was pressed meanwhile. */
const atOnceMilliseconds = 30;
/** A piece of fewer square pixels is hardly seen. */
const hardlySeen = 5;
/** How high the caption of an inset is, and how wide the edge around what it shows. */
const caption = 32;
/** The height of the letters of a caption. */
export const captionLetters = 12;
const edge = 5;

type Polygon = Ring[];

/** What a unit is drawn from: its pieces in degrees, by the inset that each lies in; -1 for none. */
interface Pieces {
  code: string;
  parent: string | undefined;
  unit: GeometryObject;
  by: Map<number, Polygon[]>;
}

/**
 * Draws the units that are asked for, in Mercator's projection; nothing when it was
 * left meanwhile. The formula is applied to every point as it stands, on the plane:
 * which way round the outline of a unit runs, on which files differ, then does not matter.
 */
export async function draw(shapes: Shapes, wanted: ReadonlyMap<string, Wanted>, room: Room, left: () => boolean): Promise<Drawing | undefined> {
  const geometries = shapes.objects.units.geometries.filter(({ id }) => wanted.has(String(id)));
  let since = performance.now();
  const rest = async () => {
    await new Promise((rested) => setTimeout(rested));
    since = performance.now();
    return left();
  };
  const each = async <T>(all: readonly T[], of: (one: T) => void): Promise<void> => {
    for (const one of all) {
      of(one);
      if (performance.now() - since < atOnceMilliseconds) continue;
      if (await rest()) return;
    }
  };
  const aparts = shapes.insets ?? [];
  const pieces: Pieces[] = [];
  await each(geometries, (unit) => {
    const code = String(unit.id);
    pieces.push({ code, parent: wanted.get(code)!.parent, unit, by: piecesOf(shapes, unit, aparts) });
  });
  const bounds = await boundsOf(pieces, each);
  const [scale, at] = fitted(bounds, room);
  const main = geoPath(mercator(scale, ...at)).digits(1);
  const size = { width: (bounds[2] - bounds[0]) * scale, height: (bounds[3] - bounds[1]) * scale };
  const flat = (polygon: Polygon) => polygon.map((ring) => ring.map(([x, y]): [number, number] => project(x, y, scale, ...at)));
  const wide = await measured();
  const insets = insetsOf(aparts, pieces, size, flat, (x, y) => project(x, y, scale, ...at));
  const paths = new Map<number, GeoPath>([[-1, main], ...insets.map((inset): [number, GeoPath] => [inset.index, geoPath(inset.projection).digits(1)])]);
  const drawing: Drawing = {
    width: size.width, height: Math.max(size.height, ...insets.map(({ y, height }) => y + height)),
    outlines: new Map(), mainlands: new Map(), islets: new Map(), places: new Map(), labels: [], borders: "", coast: "",
    insets: insets.map(({ name, x, y, width, height }) => {
      const lines = (text: string) => within(text, (width - 2 * edge) / captionLetters, wide);
      return { name, lines: { vi: lines(name.vi), en: lines(name.en) }, x, y, width, height };
    }),
  };
  // The lines that two units share whose units above are others. The library joins them to
  // long ones first, for which the page would stand still where there are thousands.
  const first = new Map<number, string | undefined>();
  const shared = new Set<number>();
  const borders: number[][] = [];
  await each(pieces, (one) => {
    for (const arc of linesOf(one.unit)) {
      if (!first.has(arc)) first.set(arc, one.parent);
      else {
        shared.add(arc);
        if (first.get(arc) !== one.parent) borders.push([arc]);
      }
    }
    trace(one, paths, pieces.length, drawing);
  });
  if (left()) return undefined;
  const lines = (arcs: number[][]) => feature(shapes, { type: "MultiLineString", arcs }).geometry;
  drawing.borders = main(lines(borders)) ?? "";
  const coast = lines([...first.keys()].filter((arc) => !shared.has(arc)).map((arc) => [arc]));
  drawing.coast = main({ ...coast, coordinates: coast.coordinates.filter((line) => insetAt(aparts, line as Ring) < 0) }) ?? "";
  if (pieces.length > named) return (await rest()) ? undefined : drawing; // what comes of it is a task of its own
  const units = pieces.flatMap(({ code, by }) => {
    const polygons = by.get(-1);
    return polygons ? [{ code, name: wanted.get(code)!.name, rings: flat(largest(polygons)) }] : [];
  });
  drawing.labels = labelsOf(units, wide);
  // The middle of a bent shape may be out of it.
  for (const { code, rings } of units) {
    const [x, y] = poleOf(rings, 1);
    Object.assign(drawing.places.get(code)!, { x, y });
  }
  return left() ? undefined : drawing;
}

/** Adds a unit to a drawing. */
function trace({ code, by }: Pieces, paths: ReadonlyMap<number, GeoPath>, count: number, drawing: Drawing): void {
  let outline = "";
  let mainland = "";
  let islets = "";
  let place: { x: number; y: number; box: Box; area: number } | undefined;
  for (const [inset, path] of paths) {
    for (const coordinates of by.get(inset) ?? []) {
      const piece = { type: "Polygon" as const, coordinates };
      const d = path(piece) ?? "";
      outline += d;
      if (inset < 0) mainland += d;
      if (count > many && place) continue;
      const area = path.area(piece);
      if (count <= many && (inset >= 0 || area < hardlySeen)) islets += d;
      if (place && (inset >= 0 || area <= place.area)) continue;
      const [[x1, y1], [x2, y2]] = path.bounds(piece);
      const [x, y] = path.centroid(piece);
      place = { x, y, box: [x1, y1, x2, y2], area };
    }
  }
  if (!place) return;
  drawing.outlines.set(code, outline);
  if (mainland !== outline) drawing.mainlands.set(code, mainland);
  if (islets) drawing.islets.set(code, islets);
  drawing.places.set(code, place);
}

/** The pieces of a unit by the inset that the middle of each lies in; -1 for none. */
function piecesOf(shapes: Shapes, unit: GeometryObject, aparts: readonly Apart[]): Map<number, Polygon[]> {
  const { geometry } = feature(shapes, unit) as { geometry: { type: string; coordinates: unknown } };
  const polygons = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) as Polygon[];
  if (aparts.length === 0) return new Map([[-1, polygons]]);
  const by = new Map<number, Polygon[]>();
  for (const polygon of polygons) {
    const inset = insetAt(aparts, polygon[0]!);
    by.set(inset, [...(by.get(inset) ?? []), polygon]);
  }
  return by;
}

/** The inset in which the middle of a line lies; -1 for none. */
function insetAt(aparts: readonly Apart[], line: Ring): number {
  const [west, south, east, north] = extent([[line]]);
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return aparts.findIndex(({ box }) => x > box[0] && x < box[2] && y > box[1] && y < box[3]);
}

/** The bounds on the plane of all that is in no inset; of all, where nothing else is. */
async function boundsOf(pieces: readonly Pieces[], each: (all: readonly Pieces[], of: (one: Pieces) => void) => Promise<void>): Promise<Box> {
  const bounds: Box = [Infinity, Infinity, -Infinity, -Infinity];
  if (!pieces.some(({ by }) => by.has(-1))) for (const one of pieces) one.by = new Map([[-1, [...one.by.values()].flat()]]);
  await each(pieces, ({ by }) => {
    const [west, south, east, north] = extent(by.get(-1) ?? []);
    const [x1, y1] = project(west, north, 1, 0, 0);
    const [x2, y2] = project(east, south, 1, 0, 0);
    bounds[0] = Math.min(bounds[0], x1);
    bounds[1] = Math.min(bounds[1], y1);
    bounds[2] = Math.max(bounds[2], x2);
    bounds[3] = Math.max(bounds[3], y2);
  });
  return Number.isFinite(bounds[0]) ? bounds : [0, 0, 1, 1];
}

/** West, south, east and north of some pieces. */
function extent(polygons: readonly Polygon[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of polygons) {
    for (const [x, y] of outer!) {
      if (x < bounds[0]) bounds[0] = x;
      if (y < bounds[1]) bounds[1] = y;
      if (x > bounds[2]) bounds[2] = x;
      if (y > bounds[3]) bounds[3] = y;
    }
  }
  return bounds;
}

/** The scale at which bounds on the plane fill a room, and where its corner goes. */
function fitted([west, north, east, south]: Box, room: Room): [scale: number, at: [number, number]] {
  const scale = Math.min(room.width / Math.max(east - west, Number.EPSILON), room.height / Math.max(south - north, Number.EPSILON));
  return [scale, [-west * scale, -north * scale]];
}

/** The insets of which some unit has pieces, each in a place where it hides nothing. */
function insetsOf(aparts: readonly Apart[], pieces: readonly Pieces[], size: Room, flat: (polygon: Polygon) => Polygon, at: (x: number, y: number) => [number, number]) {
  const shown = aparts.map((apart, index) => ({ ...apart, index })).filter(({ index }) => pieces.some(({ by }) => by.has(index)));
  if (shown.length === 0) return [];
  const land = pieces.flatMap(({ by }) => (by.get(-1) ?? []).map((polygon) => flat(polygon)[0]!));
  const asked = shown.map(({ box: [west, south, east, north] }) => {
    const [[x1, y1], [x2, y2]] = [project(west, north, 1, 0, 0), project(east, south, 1, 0, 0)];
    return { ratio: (y2 - y1) / (x2 - x1), above: caption, near: at((west + east) / 2, (south + north) / 2) };
  });
  const places = freePlaces(asked, land, size);
  return shown.map(({ name, index, box: [west, south, east, north] }, i) => {
    const place = places[i]!;
    const [[x1, y1], [x2, y2]] = [project(west, north, 1, 0, 0), project(east, south, 1, 0, 0)];
    const scale = Math.min((place.width - 2 * edge) / (x2 - x1), (place.height - caption - edge) / (y2 - y1));
    const [x, y] = [place.x + place.width / 2 - ((x1 + x2) / 2) * scale, place.y + caption + (place.height - caption - edge) / 2 - ((y1 + y2) / 2) * scale];
    return { ...place, name, index, projection: mercator(scale, x, y) };
  });
}

/** The piece of a unit that covers the most. */
function largest(polygons: readonly Polygon[]): Polygon {
  const area = ([outer]: Polygon) => Math.abs(outer!.reduce((sum, [x, y], i) => sum + x * outer![(i + 1) % outer!.length]![1] - y * outer![(i + 1) % outer!.length]![0], 0));
  return polygons.reduce((most, one) => (area(one) > area(most) ? one : most));
}

/** The numbers of the lines that a unit is bounded by, whichever way they are followed. */
function linesOf(unit: GeometryObject): number[] {
  if (!("arcs" in unit)) return [];
  return (unit.arcs as unknown[]).flat(Infinity).map((arc) => ((arc as number) < 0 ? ~(arc as number) : (arc as number)));
}

function project(longitude: number, latitude: number, scale: number, x: number, y: number): [number, number] {
  const north = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
  return [((longitude * Math.PI) / 180) * scale + x, -north * scale + y];
}

function mercator(scale: number, x: number, y: number) {
  return geoTransform({
    point(longitude, latitude) {
      this.stream.point(...project(longitude, latitude, scale, x, y));
    },
  });
}
