// A tile map: each unit a tile in the colour of its class, by parent and then by code.
import type { TargetedPointerEvent } from "preact";

import type { Classes } from "./classes";
import { classOf, type Placed } from "./placed";
import { Pointed } from "./pointed";

/** Up to so many units each tile carries its name; beyond, tiles are small squares. */
const named = 200;
const square = 14;
const across = 48;

interface Tiled {
  placed: Placed[];
  classes: Classes;
  label: string;
  /** Whether units are coloured by a change. */
  changes: boolean;
  look: (code: string) => void;
}

export function Tiles({ placed, classes, label, changes, look }: Tiled) {
  const groups = new Map<string, Placed[]>();
  for (const at of placed) {
    const parent = at.row.unit.parent?.name ?? "";
    const group = groups.get(parent);
    if (group) group.push(at);
    else groups.set(parent, [at]);
  }
  if (placed.length > named) return <Squares placed={placed} classes={classes} label={label} changes={changes} look={look} />;
  return (
    <Pointed placed={placed} classes={classes} changes={changes} look={look}>
      <div class="tiles" role="group" aria-label={label}>
        {[...groups].map(([parent, members]) => (
          <section key={parent}>
            {parent !== "" && <h3>{parent}</h3>}
            <div>
              {members.map((at) => (
                <button type="button" key={at.row.unit.code} class={`tile ${classOf(at, classes)}`} data-code={at.row.unit.code} onClick={() => look(at.row.unit.code)} onFocus={() => look(at.row.unit.code)} aria-label={`${at.row.unit.name}: ${at.row.current.text}${changes ? `, ${at.row.change.text}` : ""}`}>
                  <span>{at.row.unit.name}</span>
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </Pointed>
  );
}

/** Thousands of units: one path for each class, so that the drawing stays small. */
function Squares({ placed, classes, label, changes, look }: Tiled) {
  const height = Math.ceil(placed.length / across) * square;
  const paths = new Map<string, string>();
  placed.forEach((at, i) => {
    const name = classOf(at, classes);
    paths.set(name, `${paths.get(name) ?? ""}M${(i % across) * square} ${Math.floor(i / across) * square}h${square - 2}v${square - 2}h${2 - square}z`);
  });
  const codeAt = (event: TargetedPointerEvent<HTMLElement>) => {
    const box = event.currentTarget.querySelector("svg")!.getBoundingClientRect();
    const scale = (across * square) / box.width;
    const column = Math.floor(((event.clientX - box.left) * scale) / square);
    return column >= 0 && column < across ? placed[Math.floor(((event.clientY - box.top) * scale) / square) * across + column]?.row.unit.code : undefined;
  };
  return (
    <Pointed placed={placed} classes={classes} changes={changes} look={look} codeAt={codeAt}>
      <svg class="squares" role="img" aria-label={label} viewBox={`0 0 ${across * square} ${height}`}>
        {[...paths].map(([name, path]) => <path key={name} class={name} d={path} />)}
      </svg>
    </Pointed>
  );
}
