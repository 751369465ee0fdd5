// The shapes of a workspace's map as drawings: flat, north up, as wide as it is asked.
import { geoPath, geoTransform } from "d3-geo";
import { useEffect, useMemo, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

/** A file of shapes: docs/workspace.md, maps. */
export type Shapes = Topology<{ units: GeometryCollection }>;

/** Left, top, right and bottom. */
export type Box = [number, number, number, number];

/** The shapes of some units, drawn. */
export interface Drawing {
  width: number;
  height: number;
  /** The outline of each unit by its code. */
  outlines: Map<string, string>;
  /** The middle of each unit, and the box that it fills. */
  places: Map<string, { x: number; y: number; box: Box }>;
  /** The lines between units that lie in different ones above. */
  borders: string;
}

const kept = new Map<string, Promise<Shapes>>();

/** The shapes of a map: nothing while they come, null where they cannot be had. */
function useShapes(code: string): Shapes | null | undefined {
  const [state, set] = useState<{ code: string; shapes: Shapes | null }>();
  useEffect(() => {
    let left = false;
    const asked = kept.get(code) ?? fetch(`maps/${code}.topojson`).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json() as Promise<Shapes>;
    });
    kept.set(code, asked);
    asked.then((shapes) => left || set({ code, shapes }), () => {
      kept.delete(code);
      if (!left) set({ code, shapes: null });
    });
    return () => {
      left = true;
    };
  }, [code]);
  return state?.code === code ? state.shapes : undefined;
}

/** The drawing of some units of a map, by their codes and those of the units above: nothing while it is made, null where there are no shapes. */
export function useDrawing(code: string, parents: ReadonlyMap<string, string | undefined>, width: number): Drawing | null | undefined {
  const shapes = useShapes(code);
  // Other figures of the same units are the same drawing.
  const units = useMemo(() => [...parents].join(), [parents]);
  const [state, set] = useState<{ drawing: Drawing; of: Shapes; units: string; width: number }>();
  useEffect(() => {
    if (!shapes) return;
    let left = false;
    void draw(shapes, parents, width, () => left).then((drawing) => drawing && !left && set({ drawing, of: shapes, units, width }));
    return () => {
      left = true;
    };
  }, [shapes, units, width]);
  if (!shapes) return shapes;
  return state && state.of === shapes && state.units === units && state.width === width ? state.drawing : undefined;
}

/** From how many units on they are drawn together, and in several steps. */
export const many = 1_000;

/** How long one goes on drawing before the page may answer what was pressed meanwhile. */
const atOnceMilliseconds = 30;

/**
 * Draws the units that are asked for, in Mercator's projection; nothing when it was
 * left meanwhile. The formula is applied to every point as it stands, on the plane:
 * which way round the outline of a unit runs, on which files differ, then does not matter.
 */
async function draw(shapes: Shapes, parents: ReadonlyMap<string, string | undefined>, width: number, left: () => boolean): Promise<Drawing | undefined> {
  const units = shapes.objects.units.geometries.filter(({ id }) => parents.has(String(id)));
  const plane = geoPath(mercator(1, 0, 0));
  const bounds: Box = [Infinity, Infinity, -Infinity, -Infinity];
  let since = performance.now();
  const rest = async () => {
    await new Promise((rested) => setTimeout(rested));
    since = performance.now();
    return left();
  };
  const each = async (of: (unit: GeometryObject) => void): Promise<void> => {
    for (const unit of units) {
      of(unit);
      if (performance.now() - since < atOnceMilliseconds) continue;
      if (await rest()) return;
    }
  };
  await each((unit) => {
    const [[x1, y1], [x2, y2]] = plane.bounds(feature(shapes, unit));
    bounds[0] = Math.min(bounds[0], x1);
    bounds[1] = Math.min(bounds[1], y1);
    bounds[2] = Math.max(bounds[2], x2);
    bounds[3] = Math.max(bounds[3], y2);
  });
  const [west, north, east, south] = Number.isFinite(bounds[0]) ? bounds : [0, 0, 1, 1];
  const scale = width / Math.max(east - west, Number.EPSILON);
  const path = geoPath(mercator(scale, -west * scale, -north * scale)).digits(1);
  const outlines = new Map<string, string>();
  const places: Drawing["places"] = new Map();
  // The lines that two units share whose units above are others. The library joins them to
  // long ones first, for which the page would stand still where there are thousands.
  const first = new Map<number, string | undefined>();
  const borders: number[][] = [];
  await each((unit) => {
    const parent = parents.get(String(unit.id));
    for (const arc of linesOf(unit)) {
      if (!first.has(arc)) first.set(arc, parent);
      else if (first.get(arc) !== parent) borders.push([arc]);
    }
    const shape = feature(shapes, unit);
    const [[x1, y1], [x2, y2]] = path.bounds(shape);
    const [x, y] = path.centroid(shape);
    outlines.set(String(unit.id), path(shape) ?? "");
    places.set(String(unit.id), { x, y, box: [x1, y1, x2, y2] });
  });
  if (left()) return undefined;
  const lines = path(feature(shapes, { type: "MultiLineString", arcs: borders })) ?? "";
  if (units.length > many && await rest()) return undefined; // what comes of it is a task of its own
  return { width, height: (south - north) * scale, outlines, places, borders: lines };
}

/** The numbers of the lines that a unit is bounded by, whichever way they are followed. */
function linesOf(unit: GeometryObject): number[] {
  if (!("arcs" in unit)) return [];
  return (unit.arcs as unknown[]).flat(Infinity).map((arc) => ((arc as number) < 0 ? ~(arc as number) : (arc as number)));
}

function mercator(scale: number, x: number, y: number) {
  return geoTransform({
    point(longitude, latitude) {
      const north = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
      this.stream.point(((longitude * Math.PI) / 180) * scale + x, -north * scale + y);
    },
  });
}
