// Draws a part of the page as SVG: its boxes, lines, words and drawings, where they stand.
// What comes out is plain SVG that every program opens; a page inside an SVG, which is what
// libraries for this make, is shown by browsers alone.

const namespace = "http://www.w3.org/2000/svg";
/** What of the style sheet a drawing keeps. */
const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "vector-effect", "stroke-linejoin"];
const sides = ["top", "right", "bottom", "left"] as const;

/** Makes an element of a drawing. */
export function element(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The drawing of what is seen of a part of the page; its corner is at 0, 0. */
export function trace(part: HTMLElement): SVGElement {
  const corner = part.getBoundingClientRect();
  const drawing = element("g", { transform: `translate(${round(-corner.left)} ${round(-corner.top)})` });
  drawChildren(part, drawing);
  return drawing;
}

function drawChildren(of: Element, into: SVGElement): void {
  for (const node of of.childNodes) {
    if (node instanceof Text) drawText(node, into);
    else if (node instanceof SVGSVGElement) drawSVG(node, into);
    else if (node instanceof HTMLElement) drawElement(node, into);
  }
}

function drawElement(node: HTMLElement, into: SVGElement): void {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
  const box = node.getBoundingClientRect();
  const clips = style.overflowX !== "visible" || style.clipPath !== "none";
  if (clips && box.width <= 1) return; // words for a screen reader alone
  drawBox(box, style, into);
  const group = Number(style.opacity) < 1 ? into.appendChild(element("g", { opacity: style.opacity })) : into;
  drawChildren(node, clips ? group.appendChild(clipped(box)) : group);
}

let clips = 0;

/** A group of which only what is in the box is seen. */
function clipped(box: DOMRect): SVGElement {
  const id = `clip-${++clips}`;
  const group = element("g", { "clip-path": `url(#${id})` });
  const path = element("clipPath", { id });
  path.append(rectangle(box, {}));
  group.append(path);
  return group;
}

function drawBox(box: DOMRect, style: CSSStyleDeclaration, into: SVGElement): void {
  const fill = seen(style.backgroundColor) ? style.backgroundColor : undefined;
  const hatch = /gradient/.test(style.backgroundImage) ? hatched(style.backgroundImage, into) : undefined;
  for (const paint of [fill, hatch]) {
    if (paint) into.append(rectangle(box, { fill: paint, rx: Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.height / 2) }));
  }
  const [top, right, bottom, left] = sides.map((side) => {
    const width = style.getPropertyValue(`border-${side}-style`) === "none" ? 0 : parseFloat(style.getPropertyValue(`border-${side}-width`));
    return { width, color: style.getPropertyValue(`border-${side}-color`) };
  }) as [Edge, Edge, Edge, Edge];
  const line = (edge: Edge, x1: number, y1: number, x2: number, y2: number) => {
    if (edge.width > 0 && seen(edge.color)) into.append(element("line", { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), stroke: edge.color, "stroke-width": edge.width }));
  };
  line(top, box.left, box.top + top.width / 2, box.right, box.top + top.width / 2);
  line(right, box.right - right.width / 2, box.top, box.right - right.width / 2, box.bottom);
  line(bottom, box.left, box.bottom - bottom.width / 2, box.right, box.bottom - bottom.width / 2);
  line(left, box.left + left.width / 2, box.top, box.left + left.width / 2, box.bottom);
}

interface Edge {
  width: number;
  color: string;
}

/** The two colours of a striped or dotted background as a pattern, which is how units without a number look. */
function hatched(image: string, into: SVGElement): string | undefined {
  const colors = image.match(/(?:rgba?|oklch|oklab|lab|lch|color)\([^)]*\)/g);
  if (!colors) return undefined;
  const id = `hatch-${++clips}`;
  const dotted = image.includes("radial");
  const angle = dotted ? 0 : Number(/(-?\d+)deg/.exec(image)?.[1] ?? 45) - 90; // stripes lie across the way that colours go
  const [ground, ink] = dotted ? [colors.at(-1)!, colors[0]!] : [colors[0]!, colors.at(-1)!];
  const pattern = element("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` });
  pattern.append(element("rect", { width: 5, height: 5, fill: ground }), dotted ? element("circle", { cx: 2.5, cy: 2.5, r: 1.1, fill: ink }) : element("rect", { width: 1, height: 5, fill: ink }));
  into.append(pattern);
  return `url(#${id})`;
}

/** Each line of a text at its place, as wide as the page set it, whatever font the reader has. */
function drawText(node: Text, into: SVGElement): void {
  const style = getComputedStyle(node.parentElement!);
  for (const { text, box } of linesOf(node)) {
    const { ascent, descent } = measured(style);
    into.append(element("text", {
      x: round(box.left), y: round(box.top + (box.height - ascent - descent) / 2 + ascent),
      textLength: round(box.width), lengthAdjust: "spacingAndGlyphs",
      fill: style.color, "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight,
    }, text));
  }
}

const canvas = document.createElement("canvas").getContext("2d")!;

function measured(style: CSSStyleDeclaration): { ascent: number; descent: number } {
  canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = canvas.measureText("x");
  return { ascent: fontBoundingBoxAscent, descent: fontBoundingBoxDescent };
}

/** The lines that a text is broken into. */
function linesOf(node: Text): { text: string; box: DOMRect }[] {
  const range = document.createRange();
  const boxOf = (from: number, to: number) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect();
  };
  range.selectNodeContents(node);
  if (node.data.trim() === "" || range.getClientRects().length === 0) return [];
  const starts = [0];
  let top: number | undefined;
  if (range.getClientRects().length > 1) {
    for (let i = 0; i < node.length; i++) {
      const box = boxOf(i, i + 1);
      if (box.width === 0) continue;
      if (top !== undefined && box.top > top + box.height / 2) starts.push(i);
      top = box.top;
    }
  }
  return starts.flatMap((start, i) => {
    const line = node.data.slice(start, starts[i + 1]);
    const text = line.trim(); // a picture drops spaces at the ends, so that they must not be measured either
    const from = start + line.indexOf(text);
    return text === "" ? [] : [{ text: text.replace(/\s+/g, " "), box: boxOf(from, from + text.length) }];
  });
}

/** A copy of a drawing of the page that needs no style sheet. */
function drawSVG(drawing: SVGSVGElement, into: SVGElement): void {
  const box = drawing.getBoundingClientRect();
  if (box.width === 0) return;
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]!);
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value) node.setAttribute(name, value);
    }
    node.removeAttribute("style");
  });
  for (const node of copy.querySelectorAll("style, [aria-label=tip]")) node.remove();
  copy.removeAttribute("style");
  for (const [name, value] of Object.entries({ x: box.left, y: box.top, width: box.width, height: box.height, overflow: "visible" })) copy.setAttribute(name, String(value));
  into.append(copy);
}

function rectangle(box: DOMRect, more: Record<string, string | number>): SVGElement {
  return element("rect", { x: round(box.left), y: round(box.top), width: round(box.width), height: round(box.height), ...more });
}

function seen(color: string): boolean {
  return color !== "transparent" && !/[,/] ?0\)$/.test(color);
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
