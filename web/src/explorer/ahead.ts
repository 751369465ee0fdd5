// What the page of an address asks for, known before any of it is drawn: the questions go
// out as soon as the address says them, and the parts of the page find the answers here.
import { effect } from "@preact/signals";

import { recall, recallParts } from "../api";
import { AvailabilityDocument, CatalogueDocument, DevelopmentDocument, FirstLookDocument, FrameDocument } from "../gen/graphql";
import { language } from "../language";
import { catalogueVariables } from "./catalogue";
import { choose, scope, wish, type Choice, type Wish } from "./state";

/** The chart, the largest part of the page's script. */
export const chart = () => import("./chart");

/** The variables of the question what the indicator is. */
export const frameVariables = (w: Wish) => ({ language: language.value, indicator: w.indicator });

/** The variables of the question what to show first, with what the address says of it. */
export const firstLookVariables = (w: Wish) => ({
  indicator: w.indicator, level: w.level ?? null, within: w.within ?? null, unit: w.unit ?? w.units?.[0] ?? null, year: w.year ?? null, scope: scope(w),
});

/** The variables of the question at which levels it has figures. */
export const availabilityVariables = (choice: Choice) => ({ indicator: choice.indicator, year: choice.year, within: choice.within ?? null, scope: scope(choice) });

/** The variables of the question about the unit in focus and the lines of the chart. */
export const developmentVariables = (choice: Choice) => ({
  language: language.value, indicator: choice.indicator, unit: choice.unit, units: choice.units, year: choice.year, base: choice.base ?? choice.year,
  compared: choice.base !== undefined, from: choice.from ?? null, to: choice.to ?? null, scope: scope(choice),
});

async function ask(w: Wish): Promise<void> {
  if (!w.indicator) {
    await recall(CatalogueDocument, catalogueVariables());
    return;
  }
  // The chart comes beside the figures and not before them: what it is to read is known first.
  const askFigures = (choice: Choice) => {
    const asked = [recallParts(DevelopmentDocument, developmentVariables(choice)), recall(AvailabilityDocument, availabilityVariables(choice))];
    if (choice.view === "chart") void chart();
    return Promise.all(asked);
  };
  const frame = recall(FrameDocument, frameVariables(w));
  const choice = choose(w, undefined) ?? choose(w, (await recall(FirstLookDocument, firstLookVariables(w))).firstLook);
  await Promise.all([frame, choice && askFigures(choice)]);
}

/** Asks ahead from now on, whenever the address or the language changes. */
export function askAhead(): void {
  effect(() => {
    ask(wish.value).catch(() => undefined); // the part of the page that needs the answer asks again, and tells
  });
}
