// Saves the chart or map in sight as a picture that says what it is and where it is from.
import latin from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url";
import vietnamese from "@fontsource-variable/source-sans-3/files/source-sans-3-vietnamese-wght-normal.woff2?url";

const namespace = "http://www.w3.org/2000/svg";
const pad = 24;
/** How many dots of a PNG go on one of the screen. */
const density = 2;
/** What of the style sheet a picture keeps. */
const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

/** What a picture says beside the drawing. */
export interface Caption {
  title: string;
  subtitle: string;
  source: string;
}

export function saveSVG(caption: Caption): void {
  const picture = compose(caption);
  if (picture) save(new Blob([picture.text], { type: "image/svg+xml" }), caption, "svg");
}

export async function savePNG(caption: Caption): Promise<void> {
  const picture = compose(caption, await fontFaces());
  if (!picture) return;
  const image = new Image(picture.width, picture.height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * density;
  canvas.height = picture.height * density;
  const context = canvas.getContext("2d")!;
  context.scale(density, density);
  context.drawImage(image, 0, 0);
  canvas.toBlob((blob) => blob && save(blob, caption, "png"), "image/png");
}

/** The drawing with its title above and its source below, as a document of its own. */
function compose(caption: Caption, style = ""): { text: string; width: number; height: number } | undefined {
  const drawing = document.querySelector<SVGSVGElement>(".view svg[role=img]");
  if (!drawing) return undefined;
  const box = drawing.getBoundingClientRect();
  const root = getComputedStyle(document.body);
  const width = Math.ceil(box.width) + 2 * pad;
  const titles = wrap(caption.title, width / 11);
  const subtitles = wrap(caption.subtitle, width / 7.4);
  const top = pad + titles.length * 27 + subtitles.length * 21 + 16;
  const height = top + Math.ceil(box.height) + 52;
  const picture = document.createElementNS(namespace, "svg");
  for (const [name, value] of Object.entries({ xmlns: namespace, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": root.fontFamily })) picture.setAttribute(name, String(value));
  if (style) picture.append(element("style", {}, style));
  picture.append(element("rect", { width, height, fill: root.backgroundColor }));
  titles.forEach((line, i) => picture.append(element("text", { x: pad, y: pad + 20 + i * 27, "font-size": 21, "font-weight": 600, fill: root.color }, line)));
  subtitles.forEach((line, i) => picture.append(element("text", { x: pad, y: pad + titles.length * 27 + 14 + i * 21, "font-size": 15, fill: root.color }, line)));
  const copy = resolved(drawing);
  for (const [name, value] of Object.entries({ x: pad, y: top, width: box.width, height: box.height, overflow: "visible" })) copy.setAttribute(name, String(value));
  picture.append(copy);
  picture.append(element("text", { x: pad, y: height - 18, "font-size": 13, fill: root.color, opacity: 0.75 }, caption.source));
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

function element(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A copy of the drawing that needs no style sheet. */
function resolved(drawing: SVGSVGElement): SVGSVGElement {
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
  copy.querySelectorAll("style, [aria-label=tip]").forEach((node) => node.remove());
  copy.removeAttribute("style");
  return copy;
}

function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const part of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && `${line} ${part}`.length <= letters) lines[lines.length - 1] = `${line} ${part}`;
    else if (part) lines.push(part);
  }
  return lines;
}

/** The fonts of the page, for a picture that has no page to take them from. */
async function fontFaces(): Promise<string> {
  const faces = await Promise.all([latin, vietnamese].map(async (address) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return `url(data:font/woff2;base64,${text}) format("woff2")`;
  }));
  const vietnameseLetters = "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB";
  return `@font-face{font-family:"Source Sans";font-weight:200 900;src:${faces[0]}}@font-face{font-family:"Source Sans";font-weight:200 900;src:${faces[1]};unicode-range:${vietnameseLetters}}`;
}

function save(blob: Blob, caption: Caption, ending: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${caption.title}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
