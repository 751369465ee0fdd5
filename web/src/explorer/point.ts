// A figure on a chart, as a dot of a line or as a bar.
import type { DevelopmentQuery } from "../gen/graphql";

type Figure = NonNullable<DevelopmentQuery["series"]>["series"][number]["figures"][number];

/** One figure on the chart. */
export interface Point {
  year: number;
  value: number | undefined;
  unit: string;
  color: string;
  /** The stretch of years without a break in the series. */
  stretch: string;
  soft: boolean;
  figure: Figure;
}

/** The class that the chart's own style sheet names; its content is in the security policy by its hash. */
export const className = "plot";
