// A unit placed on a map: its row, and the class that colours it.
import { position } from "../ui/numbers";
import type { Classes } from "./classes";
import type { Ranked } from "./order";

type Unit = Ranked["rows"][number] | Ranked["unranked"][number];

/** Why a unit has no class: its figure is confidential, only the least that it may be is known, or there is none. */
export type Lack = "withheld" | "bound" | "none";
export const lacks: readonly Lack[] = ["withheld", "bound", "none"];

/** A unit on a map, with its class: -1 without a figure. */
export interface Placed {
  row: Unit;
  class: number;
}

/** Why a row has no number to be coloured by. */
export function lackOf({ current, change }: Unit): Lack {
  const reason = current.reason ?? change.reason;
  if (reason === "SUPPRESSED" || current.status === "C") return "withheld";
  // That it is at least 0 says nothing.
  return reason === "REGISTER_INCOMPLETE" && (position(current.atLeast) ?? 0) > 0 ? "bound" : "none";
}

/** The name of a unit's class in the style sheet. */
export const classOf = (at: Placed, classes: Classes) => (at.class < 0 ? `class-${lackOf(at.row)}` : classes.names[at.class]!);
