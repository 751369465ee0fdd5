import type { Indicator } from "./state";

/** Whether the figure that is printed first is a percentage. */
export const isPercentage = (indicator: Indicator) => indicator.kind === "RATIO" || indicator.kind === "ATTAINMENT";
