// The shapes of a workspace's map as drawings: flat, north up, as wide as it is asked.
import { geoPath, geoTransform } from "d3-geo";
import { useEffect, useState } from "preact/hooks";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

/** A file of shapes: docs/workspace.md, maps. */
export type Shapes = Topology<{ units: GeometryCollection }>;

/** The shapes of some units, drawn. */
export interface Drawing {
  width: number;
  height: number;
  /** The outline of each unit by its code. */
  outlines: Map<string, string>;
  /** The middle of each unit, and how much room its name has. */
  middles: Map<string, { x: number; y: number; width: number; height: number }>;
  /** The lines between units that lie in different ones above. */
  borders: string;
}

const kept = new Map<string, Promise<Shapes>>();

/** The shapes of a map: nothing while they come, null where they cannot be had. */
export function useShapes(code: string): Shapes | null | undefined {
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

/**
 * Draws the units that are asked for, in Mercator's projection. Its formula is
 * applied to every point as it stands, on the plane: which way round the outline of
 * a unit runs, on which files differ, then does not matter.
 */
export function draw(shapes: Shapes, parents: Map<string, string | undefined>, width: number): Drawing {
  const units = shapes.objects.units.geometries.filter(({ id }) => parents.has(String(id)));
  const collection: GeometryCollection = { type: "GeometryCollection", geometries: units };
  const within = geoPath(mercator(1, 0, 0)).bounds(feature(shapes, collection));
  const [[left, top], [right, bottom]] = Number.isFinite(within[0][0]) ? within : [[0, 0], [1, 1]];
  const scale = width / Math.max(right - left, Number.EPSILON);
  const path = geoPath(mercator(scale, -left * scale, -top * scale)).digits(1);
  const outlines = new Map<string, string>();
  const middles: Drawing["middles"] = new Map();
  for (const unit of units) {
    const shape = feature(shapes, unit);
    const [[x1, y1], [x2, y2]] = path.bounds(shape);
    const [x, y] = path.centroid(shape);
    outlines.set(String(unit.id), path(shape) ?? "");
    middles.set(String(unit.id), { x, y, width: x2 - x1, height: y2 - y1 });
  }
  const parentOf = ({ id }: GeometryObject) => parents.get(String(id));
  const borders = path(mesh(shapes, collection as GeometryObject, (a, b) => parentOf(a as GeometryObject) !== parentOf(b as GeometryObject))) ?? "";
  return { width, height: (bottom - top) * scale, outlines, middles, borders };
}

function mercator(scale: number, x: number, y: number) {
  return geoTransform({
    point(longitude, latitude) {
      const north = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
      this.stream.point(((longitude * Math.PI) / 180) * scale + x, -north * scale + y);
    },
  });
}
