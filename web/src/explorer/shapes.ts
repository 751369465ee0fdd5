// The shapes of a workspace's maps, as they come, and drawings of them for a component.
import { useEffect, useMemo, useState } from "preact/hooks";

import { draw, type Drawing, type Room, type Shapes, type Wanted } from "./drawing";

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

/**
 * The drawing of some units of a map in a room: nothing while the first is made, null where
 * there are no shapes. While the room changes the drawing before it stays.
 */
export function useDrawing(code: string, wanted: ReadonlyMap<string, Wanted>, room: Room | undefined): Drawing | null | undefined {
  const shapes = useShapes(code);
  // Other figures of the same units are the same drawing.
  const units = useMemo(() => JSON.stringify([...wanted]), [wanted]);
  const [state, set] = useState<{ drawing: Drawing; of: Shapes; units: string }>();
  useEffect(() => {
    if (!shapes || !room) return;
    let left = false;
    void draw(shapes, wanted, room, () => left).then((drawing) => drawing && !left && set({ drawing, of: shapes, units }));
    return () => {
      left = true;
    };
  }, [shapes, units, room?.width, room?.height]);
  if (!shapes) return shapes;
  return state && state.of === shapes && state.units === units ? state.drawing : undefined;
}
