// Where a number stands in a file.
import { word } from "./words";

/** File, sheet, line and column. */
export function Place({ place }: { place: { file: string; sheet: string; line: number; column: string } }) {
  return <><code>{place.file}</code> <span class="number">{word().placeText(place.sheet, place.line, place.column)}</span></>;
}
