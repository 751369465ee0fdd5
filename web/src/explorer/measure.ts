import type { Indicator } from "./state";

/** Whether the figure that is printed first is a percentage. */
export const isPercentage = (indicator: Pick<Indicator, "per">) => indicator.per === 100;

/** Whether the figure that is printed first is a rate, value ÷ denominator × `per`. */
export const hasRate = (indicator: Pick<Indicator, "per">) => indicator.per != null;
