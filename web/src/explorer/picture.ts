// Saves the view in sight as a picture that says what it is and where it is from.
import latin from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url";
import vietnamese from "@fontsource-variable/source-sans-3/files/source-sans-3-vietnamese-wght-normal.woff2?url";

import { element, trace } from "./trace";
import { word } from "./words";

const pad = 24;
/** How many dots of a PNG go on one of the screen. */
const density = 2;
/** A letter of each font of a PNG, below what is seen of it, and the size of the square it stands in. */
const probes = ["M", "Ệ"];
const probe = 24;
/** How many rows of a table a picture holds: on more, nothing can be read any longer. */
const mostRows = 60;

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
  const { width, height } = picture;
  const image = new Image(width, height + probe);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  const context = canvas.getContext("2d")!;
  for (let tries = 0; tries < 100 && !hasFonts(image, height); tries++) await new Promise((done) => setTimeout(done, 50));
  context.scale(density, density);
  context.drawImage(image, 0, 0);
  canvas.toBlob((blob) => blob && save(blob, caption, "png"), "image/png");
}

/** Whether the image is drawn with its fonts, which it goes on loading after it says that it is loaded. */
function hasFonts(image: HTMLImageElement, from: number): boolean {
  const canvas = document.createElement("canvas");
  canvas.width = probe * probes.length;
  canvas.height = probe;
  const context = canvas.getContext("2d")!;
  context.drawImage(image, 0, -from);
  return probes.every((_, i) => context.getImageData(i * probe, 0, probe, probe).data.some((value, at) => at % 4 === 0 && value < 128));
}

/** The view with its title above and its source below, as a document of its own. */
function compose(caption: Caption, style = ""): { text: string; width: number; height: number } | undefined {
  const view = document.querySelector<HTMLElement>(".view");
  if (!view) return undefined;
  const { copy, rows, of } = spread(view);
  const box = copy.getBoundingClientRect();
  const root = getComputedStyle(document.body);
  const width = Math.ceil(box.width) + 2 * pad;
  const titles = wrap(caption.title, width / 11);
  const subtitles = [caption.subtitle, rows < of ? word().rowsOf(rows, of) : ""].filter(Boolean).flatMap((text) => wrap(text, width / 7.4));
  const top = pad + titles.length * 27 + subtitles.length * 21 + 16;
  const sources = wrap(caption.source, width / 6.6);
  const height = top + Math.ceil(box.height) + 35 + sources.length * 17;
  const whole = style ? height + probe : height;
  const picture = element("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": root.fontFamily });
  picture.append(element("rect", { width, height, fill: root.backgroundColor }));
  if (style) {
    picture.append(element("style", {}, style), element("rect", { y: height, width, height: probe, fill: "#fff" }));
    for (const [i, letter] of probes.entries()) picture.append(element("text", { x: i * probe + 2, y: height + probe - 4, "font-size": probe - 4, "font-weight": 900 }, letter));
  }
  for (const [i, line] of titles.entries()) picture.append(element("text", { x: pad, y: pad + 20 + i * 27, "font-size": 21, "font-weight": 600, fill: root.color }, line));
  for (const [i, line] of subtitles.entries()) picture.append(element("text", { x: pad, y: pad + titles.length * 27 + 14 + i * 21, "font-size": 15, fill: root.color }, line));
  const body = element("g", { transform: `translate(${pad} ${top})` });
  body.append(trace(copy));
  picture.append(body);
  for (const [i, line] of sources.entries()) picture.append(element("text", { x: pad, y: height - 18 - (sources.length - 1 - i) * 17, "font-size": 13, fill: root.color, opacity: 0.75 }, line));
  copy.remove();
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

/** A copy of the view, out of sight and with nothing scrolled away; how many rows of how many it has. */
function spread(view: HTMLElement): { copy: HTMLElement; rows: number; of: number } {
  const copy = view.cloneNode(true) as HTMLElement;
  copy.classList.add("spread");
  copy.inert = true;
  for (const node of copy.querySelectorAll(".drop, tr[aria-hidden], .numbers, .chip")) node.remove();
  const rows = [...copy.querySelectorAll<HTMLElement>(".scroll tbody tr[aria-rowindex]")];
  for (const row of rows.slice(mostRows)) row.remove();
  const of = Number(view.querySelector(".scroll table")?.getAttribute("aria-rowcount") ?? 1) - 1;
  copy.style.width = `${view.getBoundingClientRect().width}px`;
  view.after(copy);
  // A table that is wider than the screen stays whole.
  const wide = copy.querySelector<HTMLElement>(".scroll")?.scrollWidth ?? 0;
  if (wide > copy.clientWidth) copy.style.width = `${wide}px`;
  return { copy, rows: Math.min(rows.length, mostRows), of };
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
