// A unit placed on a map: its row, and the class that colours it.
import type { Classes } from "./classes";
import type { Ranked } from "./order";

type Unit = Ranked["rows"][number] | Ranked["unranked"][number];

/** A unit on a map, with its class: -1 without a figure. */
export interface Placed {
  row: Unit;
  class: number;
}

/** The name of a unit's class in the style sheet. */
export const classOf = (at: Placed, classes: Classes) => (at.class < 0 ? "class-none" : classes.names[at.class]!);
