// What a map says of the unit that the mouse, a finger or the keyboard is at: beside the
// pointer, or beside the unit that has the focus. Escape hides it.
import type { ComponentChildren, TargetedFocusEvent, TargetedPointerEvent } from "preact";
import { useRef, useState } from "preact/hooks";

import { classOf, type Placed } from "./placed";
import type { Classes } from "./classes";

/** How far it stands from the pointer, and how much room it wants. */
const off = 14;
const roomy = { width: 270, height: 84 };

interface Spot {
  code: string;
  x: number;
  y: number;
}

/** The code of the unit that an event is at, where each unit is an element of its own. */
const ownCode = (event: Event) => (event.target as Element).closest<HTMLElement | SVGElement>("[data-code]")?.getAttribute("data-code") ?? undefined;

export function Pointed({ placed, classes, changes, look, codeAt = ownCode, children }: {
  placed: readonly Placed[];
  classes: Classes;
  /** Whether units are coloured by a change. */
  changes: boolean;
  look: (code: string) => void;
  /** The code of the unit that the pointer is at. */
  codeAt?: (event: TargetedPointerEvent<HTMLElement>) => string | undefined;
  children: ComponentChildren;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [spot, place] = useState<Spot>();
  const at = (code: string | undefined, clientX: number, clientY: number) => {
    if (!code) return place(undefined);
    const box = frame.current!.getBoundingClientRect();
    look(code);
    place({ code, x: clientX - box.left, y: clientY - box.top });
  };
  const pointed = (event: TargetedPointerEvent<HTMLElement>) => at(codeAt(event), event.clientX, event.clientY);
  const focused = (event: TargetedFocusEvent<HTMLElement>) => {
    const target = event.target as Element;
    const code = ownCode(event);
    // What a mouse presses has its word at the pointer already.
    if (!code || !target.matches(":focus-visible")) return;
    const { x, y } = middleOf(target);
    at(code, x, y);
  };
  return (
    <div class="pointed" role="group" ref={frame} onPointerMove={pointed} onPointerDown={pointed} onPointerLeave={(event) => event.pointerType === "mouse" && place(undefined)}
      onFocusIn={focused} onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && place(undefined)} onKeyDown={(event) => event.key === "Escape" && place(undefined)}>
      {children}
      {spot && <Tip at={placed.find(({ row }) => row.unit.code === spot.code)} spot={spot} classes={classes} changes={changes} frame={frame.current!} />}
    </div>
  );
}

/** The middle of an element on the screen; of a shape the point that it carries, which lies within it. */
function middleOf(target: Element): { x: number; y: number } {
  const [x, y] = (target.getAttribute("data-at") ?? "").split(" ").map(Number);
  const onScreen = target instanceof SVGGraphicsElement ? target.getScreenCTM() : null;
  if (onScreen && x !== undefined && y !== undefined) return new DOMPoint(x, y).matrixTransform(onScreen);
  const box = target.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** The unit's name and figure. To a screen reader the unit says the same itself. */
function Tip({ at, spot: { x, y }, classes, changes, frame }: { at: Placed | undefined; spot: Spot; classes: Classes; changes: boolean; frame: HTMLElement }) {
  if (!at) return null;
  // It may stand over the edge of the map, never over that of the page.
  const page = document.documentElement.clientWidth;
  const left = frame.getBoundingClientRect().left;
  const width = Math.min(roomy.width, page - 16);
  const start = left + x + off + width > page - 8 ? Math.max(8 - left, x - off - width) : x + off;
  const toLeft = start < x;
  const up = y + off + roomy.height > frame.clientHeight && y > roomy.height;
  const style = {
    maxWidth: `${width}px`,
    ...(toLeft ? { right: `${Math.max(frame.clientWidth - x + off, frame.clientWidth - start - width)}px` } : { left: `${start}px` }),
    ...(up ? { bottom: `${frame.clientHeight - y + off}px` } : { top: `${y + off}px` }),
  };
  const { unit, current, change } = at.row;
  return (
    <div class="tip drop" aria-hidden="true" style={style}>
      <span class={`swatch ${classOf(at, classes)}`} /><strong>{unit.name}</strong>
      <span>{current.text}</span>
      {changes && <span>{change.text}</span>}
    </div>
  );
}
