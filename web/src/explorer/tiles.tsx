// A tile map: each unit a tile in the colour of its class, by parent and then by code.
import type { Classes } from "./classes";
import { classOf, type Placed } from "./placed";

/** Up to so many units each tile carries its name; beyond, tiles are small squares. */
const named = 200;
const square = 14;
const across = 48;

export function Tiles({ placed, classes, label, look }: { placed: Placed[]; classes: Classes; label: string; look: (code: string) => void }) {
  const groups = new Map<string, Placed[]>();
  for (const at of placed) {
    const parent = at.row.unit.parent?.name ?? "";
    const group = groups.get(parent);
    if (group) group.push(at);
    else groups.set(parent, [at]);
  }
  if (placed.length > named) return <Squares placed={placed} classes={classes} label={label} look={look} />;
  return (
    <div class="tiles" role="group" aria-label={label}>
      {[...groups].map(([parent, members]) => (
        <section key={parent}>
          {parent !== "" && <h3>{parent}</h3>}
          <div>
            {members.map((at) => (
              <button type="button" key={at.row.unit.code} class={`tile ${classOf(at, classes)}`} onClick={() => look(at.row.unit.code)} onMouseEnter={() => look(at.row.unit.code)} onFocus={() => look(at.row.unit.code)} title={`${at.row.unit.name}: ${at.row.current.text}`}>
                <span>{at.row.unit.name}</span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** Thousands of units: one path for each class, so that the drawing stays small. */
function Squares({ placed, classes, label, look }: { placed: Placed[]; classes: Classes; label: string; look: (code: string) => void }) {
  const height = Math.ceil(placed.length / across) * square;
  const paths = new Map<string, string>();
  placed.forEach((at, i) => {
    const name = classOf(at, classes);
    paths.set(name, `${paths.get(name) ?? ""}M${(i % across) * square} ${Math.floor(i / across) * square}h${square - 2}v${square - 2}h${2 - square}z`);
  });
  const find = (event: MouseEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const scale = (across * square) / box.width;
    const at = placed[Math.floor(((event.clientY - box.top) * scale) / square) * across + Math.floor(((event.clientX - box.left) * scale) / square)];
    if (at) look(at.row.unit.code);
  };
  return (
    <svg class="squares" role="img" aria-label={label} viewBox={`0 0 ${across * square} ${height}`} onMouseMove={find} onClick={find}>
      {[...paths].map(([name, path]) => <path key={name} class={name} d={path} />)}
    </svg>
  );
}
