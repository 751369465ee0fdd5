// What the page of an address asks for, known before any of it is drawn: the questions go
// out as soon as the address says them, and the parts of the page find the answers here.
import { effect } from "@preact/signals";

import { recall, recallParts, remember } from "../api";
import { AvailabilityDocument, CatalogueDocument, DevelopmentDocument, FrameDocument } from "../gen/graphql";
import { language } from "../language";
import { catalogueVariables } from "./catalogue";
import { choose, scope, wish, type Choice, type Wish } from "./state";

/** The chart, the largest part of the page's script. */
export const chart = () => import("./chart");

/** The variables of the question what the indicator is. */
export const frameVariables = (w: Wish) => ({ language: language.value, indicator: w.indicator });

/** The variables of the question at which levels it has figures. */
export const availabilityVariables = (w: Wish) => ({ indicator: w.indicator, year: w.year ?? null, within: w.within ?? null, scope: scope(w) });

/** The variables of the question about the unit in focus and the lines of the chart. */
export const developmentVariables = (choice: Choice) => ({
  language: language.value, indicator: choice.indicator, unit: choice.unit, units: choice.units, year: choice.year, base: choice.base,
  from: choice.from ?? null, to: choice.to ?? null, scope: scope(choice),
});

async function ask(w: Wish): Promise<void> {
  if (!w.indicator) {
    await recall(CatalogueDocument, catalogueVariables());
    return;
  }
  const whole = choose(w, undefined, undefined);
  // The chart comes beside the figures and not before them: what it is to read is known first.
  const askFigures = (choice: Choice) => {
    const asked = recallParts(DevelopmentDocument, developmentVariables(choice));
    if (choice.view === "chart") void chart();
    return asked;
  };
  const figures = whole && askFigures(whole);
  const variables = availabilityVariables(w);
  const [{ indicator }, { availability }] = await Promise.all([recall(FrameDocument, frameVariables(w)), recall(AvailabilityDocument, variables)]);
  // The year that was meant goes into the address, which then asks the same.
  remember(AvailabilityDocument, { ...variables, year: availability.question.year }, { availability });
  const choice = figures ? null : choose(w, indicator ?? undefined, availability);
  await (choice ? askFigures(choice) : figures);
}

/** Asks ahead from now on, whenever the address or the language changes. */
export function askAhead(): void {
  effect(() => {
    ask(wish.value).catch(() => undefined); // the part of the page that needs the answer asks again, and tells
  });
}
