/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A point to look back from. Give one of date, release and loaded, or a data version, alone or with one of the first two. */
export type AsOfInput = {
  /** What an answer had as its `dataVersion`: what could be seen here then. Alone, or with a `date` or `release` that the answer was asked with. Errors: UNKNOWN_RELEASE. */
  dataVersion?: string | null | undefined;
  /** What was published on this day or before. */
  date?: string | null | undefined;
  /** A moment: what could be seen here then, whenever it was published. */
  loaded?: string | null | undefined;
  /** The number of a release: what was published up to and with it. */
  release?: string | null | undefined;
};

/** On which units to answer. `{date: "2025-07-01"}` is the units of that day; after the last change that the workspace knows, the units as they were last known. */
export type BasisInput = {
  /** The day whose units are meant; not before the first whose units are known. */
  date?: string | null | undefined;
  /** The kind; without it, UNITS_OF_DATE where a date is given, else AS_REPORTED. */
  kind?: BasisKind | null | undefined;
};

/** The kinds of basis. */
export type BasisKind =
  /** Each year on its own units, those of 31 December. */
  | 'AS_REPORTED'
  /** All years on the units of one day: figures of other units are carried into them by the crosswalk. */
  | 'UNITS_OF_DATE';

/** Asks for members of one dimension: for those alone, never the total; added where there are several. A dimension that is not named stays whole: the figure is the total over it. */
export type BreakdownInput = {
  /** The code of a dimension that the indicator has: `sex`. Errors: UNKNOWN_DIMENSION. */
  dimension: string;
  /** The codes of its members, at least one. Errors: UNKNOWN_MEMBER, and NOT_ADDITIVE for several of an attainment or of what others made. */
  members: Array<string>;
};

/** Whether a unit meets a criterion. */
export type CriterionState =
  /** It meets it. */
  | 'MET'
  /** It does not meet it. */
  | 'NOT_MET'
  /** It is not known whether it does. Never counted as not met. */
  | 'UNKNOWN';

/** Which way is better, and so which end of a ranking comes first. */
export type Direction =
  /** More is better. */
  | 'HIGHER'
  /** Less is better. */
  | 'LOWER'
  /** Neither; ranked from the highest down. */
  | 'NEUTRAL';

/** A view of an indicator. */
export type FirstLookView =
  /** The figures of `units` over the years: as lines where one of them has three figures or more, else as bars. */
  | 'CHART'
  /** The units of `level` in the year, in order. */
  | 'RANKING';

/** The language of a text for people. A field that names none writes in the language of its request: see `@answer`. */
export type Language =
  /** English. */
  | 'EN'
  /** Vietnamese. */
  | 'VI';

/** A measure of a change. */
export type Measure =
  /** Current − base, in the unit of measure. */
  | 'ABSOLUTE'
  /** Relative change, in percent of the base. */
  | 'PERCENT'
  /** Difference of two percentages, in percentage points. */
  | 'POINTS';

/** The kinds of warning. */
export type NoteCode =
  /** Aggregates are withheld because too few units reported. */
  | 'AGGREGATE_WITHHELD'
  /** All members of a dimension were asked for and added; the total as reported may differ. */
  | 'ALL_MEMBERS_ADDED'
  /** The base year has no figures at all. */
  | 'BASE_YEAR_WITHOUT_DATA'
  /** Figures stand on both sides of a break in the series. */
  | 'BREAK_IN_SERIES'
  /** The units within a unit do not add up to what it reported: `used` is its report, `other` the sum. Only among findings. */
  | 'CHILDREN_DISAGREE'
  /** Another value was published for the same cell and is not used. */
  | 'CONFLICTING_VALUES'
  /** A figure, or one of those that it is made of, had been copied wrongly and was mended: answers as of days before that have changed, too. The text has the day, and both values. */
  | 'CORRECTED'
  /** The two years cover different shares of the units. */
  | 'COVERAGE_DIFFERS'
  /** Units that had figures in the last published year have none: `used` of `other` figures are there. Only among findings. */
  | 'COVERAGE_SHRANK'
  /** Some criteria of a scorecard are unknown for some units, so that numbers of met criteria are bounds. */
  | 'CRITERIA_UNKNOWN'
  /** A figure is made of those of other indicators (the text has the parts), or its source derived it of other numbers instead of printing it (the text says how). */
  | 'DERIVED'
  /** The number of units to which a criterion applies is not the same in both years. */
  | 'ELIGIBLE_UNITS_CHANGED'
  /** The trend is made of under ten years, so that its test and intervals are uncertain. */
  | 'FEW_YEARS'
  /** Figures are withheld because they are small, or because small ones could be computed back from them. */
  | 'FIGURES_SUPPRESSED'
  /** A value is the same over several years, since the one that is `measured`. Only among findings. */
  | 'FROZEN_VALUE'
  /** A value is about 10, 100, 1,000 … times what was published before (`measured`), or that part of it; of a whole column it is one finding. Only among findings. */
  | 'MAGNITUDE_SLIP'
  /** They agree again since this release. Only among the findings of a release. */
  | 'MEMBERS_AGREE'
  /** The members of a dimension and the figure that they divide do not agree: `used` is that figure, `other` the members. */
  | 'MEMBERS_DISAGREE'
  /** Of a briefing: the workspace has some names and descriptions in the other language alone, and they are told in that. */
  | 'NAMES_IN_OTHER_LANGUAGE'
  /** Relative changes from a negative base are measured against its magnitude. */
  | 'NEGATIVE_BASE'
  /** Some units have no figure on the basis: the shares of a split unit, a rule for the criterion or a row of the crosswalk are not known. */
  | 'NOT_RECAST'
  /** A target is compared with a year for which it is not valid. */
  | 'OUTSIDE_PERIOD'
  /** A value lies outside the bounds of its check. Only among findings. */
  | 'OUT_OF_RANGE'
  /** A part is more than what it is a part of. Only among findings. */
  | 'OVER_DENOMINATOR'
  /** Figures of the answer are provisional. */
  | 'PROVISIONAL_FIGURES'
  /** Figures hold parts of split units that were shared out by weights. */
  | 'RECAST_ESTIMATED'
  /** A reported figure and the roll-up of its parts differ by more than the tolerance. */
  | 'RECONCILIATION'
  /** Figures are bounds, because a report counts more units than the register of decisions names. */
  | 'REGISTER_INCOMPLETE'
  /** A figure, or one of those that it is made of, took the place of another one that had been published: the text has both values and days. Nothing is said of confidential indicators. */
  | 'REVISED'
  /** Rows of a table that have no number in a column of `where` are left out. */
  | 'ROWS_WITHOUT_NUMBER'
  /** A figure changed from the year before by more than its check allows: `other` is that year's, `measured` the change in percent. Only among findings. */
  | 'SUDDEN_CHANGE'
  /** A target is compared with units for which it was not set. */
  | 'TARGET_OF_OTHERS'
  /** The territory of a unit changed between the years, so that they are not compared. */
  | 'TERRITORY_CHANGED'
  /** Totals that nobody reported are the sum over all members of a dimension. */
  | 'TOTAL_OF_MEMBERS'
  /** The units with figures are not the same in both years, so that ranks have no movement. */
  | 'UNITS_DIFFER'
  /** Units without figures of both years are left out of a like-for-like comparison. */
  | 'UNITS_LEFT_OUT'
  /** Units of a year have no row in the crosswalk; their figures are in no unit of the level asked. */
  | 'UNITS_NOT_CARRIED'
  /** Aggregates are withheld because the catalogue has the reporting units of too few of the parts within, however many of those units reported: coverage counts the units that the catalogue has. */
  | 'UNITS_NOT_LISTED'
  /** Figures are given on the units of another day than their own. */
  | 'UNITS_OF_ANOTHER_DATE'
  /** Some units have no figure and are in none of the numbers. */
  | 'UNITS_WITHOUT_FIGURE'
  /** Some units have no figure and are not ranked. */
  | 'UNRANKED_UNITS'
  /** Years within the span asked are not in the trend. */
  | 'YEARS_LEFT_OUT';

/** Where a figure comes from. */
export type Origin =
  /** Rolled up from the units below, added over members, put together on a basis, or implied by a register that does not name the unit. */
  | 'COMPUTED'
  /** There is no figure. */
  | 'NONE'
  /** Observed for this very unit. */
  | 'REPORTED';

/** What a load would do to a cell. */
export type PreviewKind =
  /** It would get its first figure. */
  | 'ADDED'
  /** Its figure would go, because its row is no longer in its file. */
  | 'DROPPED'
  /** It would be recorded behind a later publication, and no figure would change. */
  | 'RECORDED'
  /** Its figure would change. */
  | 'REVISED';

/** What units are ranked by. */
export type RankingOrder =
  /** The absolute change from the base year. */
  | 'ABSOLUTE'
  /** The gap to `target`, figure − target. */
  | 'GAP'
  /** The relative change from the base year. */
  | 'PERCENT'
  /** The change of a percentage from the base year, in points. */
  | 'POINTS'
  /** The figure: the rate of a ratio or attainment, else the value. */
  | 'VALUE';

/** Why there is no number. */
export type Reason =
  /** A figure is approximate, and what is asked of it depends on by how much it is off. */
  | 'APPROXIMATE'
  /** The base year has no value. */
  | 'BASE_MISSING'
  /** A change relative to a negative base would have the wrong sign. */
  | 'BASE_NEGATIVE'
  /** The base is zero, and nothing is a percentage of zero. */
  | 'BASE_ZERO'
  /** Too few of the eligible units reported for an aggregate, or the catalogue lists the units of too few of its parts. */
  | 'COVERAGE_LOW'
  /** The year asked has no value. */
  | 'CURRENT_MISSING'
  /** Nothing was reported, or what was reported is that the value exists but is not known. */
  | 'MISSING'
  /** Some values are negative, for which the measure is not defined. */
  | 'NEGATIVE_VALUES'
  /** The parts must not be added. */
  | 'NOT_ADDITIVE'
  /** The question does not apply to the unit. */
  | 'NOT_APPLICABLE'
  /** Points are differences of percentages, which the measure is not. */
  | 'NOT_A_PERCENTAGE'
  /** The two figures do not measure the same thing. */
  | 'NOT_COMPARABLE'
  /** What a derived figure is made of stands for different units, or the part of a share exceeds its whole (DERIVED tells the parts). */
  | 'PARTS_DIFFER'
  /** The register of decisions is known to name too few units: a report counts more. What it names is a lower bound (`atLeast`, `atMost`), and nothing is compared with it. */
  | 'REGISTER_INCOMPLETE'
  /** The sum is zero or negative, and nothing is a share of it. */
  | 'SUM_NOT_POSITIVE'
  /** Withheld because the number is small enough to reveal facts about persons, or because such a number could be computed back from it. */
  | 'SUPPRESSED'
  /** There are fewer values than the measure needs. */
  | 'TOO_FEW_VALUES';

/** What callers may do about pending restatements and releases. */
export type ReleaseManagement =
  /** Also approve, refuse, withdraw and restore. */
  | 'DECIDE'
  /** Counts only: no names, no cells that are pending, no rows that were rejected. */
  | 'NONE'
  /** Also list pending restatements, cell by cell, rejected rows, and who loaded and decided. */
  | 'VIEW';

/** The state of a restatement. */
export type RestatementState =
  /** It was published. */
  | 'APPROVED'
  /** Pending: it awaits a decision, and nothing of it is visible. */
  | 'HELD'
  /** It was refused; nothing of it is published. */
  | 'REFUSED'
  /** A newer load of its source took its place. */
  | 'SUPERSEDED';

/** From which point of view a question is answered. */
export type ScopeInput = {
  /** Answer as the figures were published then; without it, as they are now. */
  asOf?: AsOfInput | null | undefined;
  /** Answer on the units of one day; without it, each year on its own units, AS_REPORTED. Errors: BASIS_UNKNOWN, BAD_ARGUMENT. */
  basis?: BasisInput | null | undefined;
  /** Answer for these members of the indicator's breakdowns: `[{dimension: "sex", members: ["female"]}]`; without it for the total. Each dimension once. Errors: UNKNOWN_DIMENSION, UNKNOWN_MEMBER, NOT_ADDITIVE. */
  breakdown?: Array<BreakdownInput> | null | undefined;
  /** Narrow the `level` asked to the units of the cohort with this code. The total stays the whole unit; a comparison has the cohort and the rest as `inside` and `outside`. Refused where no `level` is given, or one of another level. Errors: UNKNOWN_COHORT, COHORT_LEVEL. */
  cohort?: string | null | undefined;
  /** Narrow the `level` asked to units of the kinds with these codes: `["xa"]`. The total stays the whole unit. Refused where no `level` is given. Errors: UNKNOWN_KIND. */
  kinds?: Array<string> | null | undefined;
};

/** What a check meant for a load in which it found something. */
export type Severity =
  /** The load waits for approval, as a restatement does. */
  | 'HOLD'
  /** The load is refused: nothing of it is published. */
  | 'STOP'
  /** The figures are published, and the finding with them. */
  | 'WARN';

/** The state of a figure, in the letters of the SDMX code lists CL_OBS_STATUS and CL_CONF_STATUS. */
export type Status =
  /** Normal. */
  | 'A'
  /** Break in the series: not made like the years before. */
  | 'B'
  /** Confidential: known and withheld. */
  | 'C'
  /** Estimated. */
  | 'E'
  /** Missing: exists but is not known, or was not reported. */
  | 'M'
  /** Provisional. */
  | 'P';

/** Whether a figure meets a target. */
export type TargetResult =
  /** The number is reached. */
  | 'MET'
  /** It is not reached, and is due in the year. */
  | 'MISSED'
  /** The target stands only from a later year on: its period begins later, or the line to it does. Nothing is judged; `gap` says where the unit stands. */
  | 'NOT_DUE'
  /** It is due at the end of the period, and the figure is not as far as that line. */
  | 'OFF_TRACK'
  /** It is due at the end of the period, is not reached yet, and the figure is at least as far as the straight line that leads there from the base year. */
  | 'ON_TRACK'
  /** There is no figure to compare with it, none of the base year to draw the line from, or one that is approximate and could lie on either side (APPROXIMATE). */
  | 'UNKNOWN';

/** What a tile asks, and so which of its answers is there. */
export type TileKind =
  /** Who gained and who lost an attainment: `comparison`, with its `churn`. */
  | 'CHURN'
  /** One figure with its change: `comparison`, of one row. */
  | 'HEADLINE'
  /** Units in order: `ranking`. */
  | 'RANKING'
  /** Units by criteria: `scorecard`. */
  | 'SCORECARD'
  /** Several indicators of several units in the base year and the year: `table`. */
  | 'TABLE'
  /** A unit compared with its targets: `targets`. */
  | 'TARGETS'
  /** Figures over the years, up to the year asked: `series`. */
  | 'TREND';

/** How far two figures may be compared. */
export type Verdict =
  /** The series breaks between them, the territory of the unit changed, or nothing says how to carry a figure to the basis; no change is given. */
  | 'BREAK'
  /** Same units, same meaning, final figures. */
  | 'COMPARABLE'
  /** The figures stand for different sets of units, or one was reported and disagrees with the parts that the other was computed from. */
  | 'COVERAGE_DIFFERS'
  /** One of the figures is provisional. */
  | 'PROVISIONAL'
  /** Units were split, and their figures shared out by weights among those of the basis: an estimate. */
  | 'RECAST_ESTIMATED'
  /** Whole units were put together into those of the basis: exact. */
  | 'RECAST_EXACT';

export type DashboardsQueryVariables = Exact<{
  language: Language;
}>;


export type DashboardsQuery = { untranslated: number, dashboards: Array<{ code: string, title: string, description: string, year: number, baseYear: number | 'PREVIOUS' }> };

export type ToldFragment = { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string };

export type ChangedFragment = { unit: { code: string, fullName: string, level: { code: string } }, base: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, verdict: Verdict, text: string } };

export type GroupFragment = { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> };

export type KnownFragment = { code: NoteCode, text: string };

export type ScreenQueryVariables = Exact<{
  language: Language;
  code: string;
  year?: number | null | undefined;
  base?: number | 'PREVIOUS' | null | undefined;
  unit?: string | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type ScreenQuery = { untranslated: number, dashboard: { dataVersion: string, question: { year: number, baseYear: number, asOf: string | null, template: { title: string, description: string, baseYear: number | 'PREVIOUS', years: Array<number> }, unit: { code: string, fullName: string } }, release: { published: string, sourceCode: string, source: { publisher: string } | null } | null, tiles: Array<{ kind: TileKind, title: string, comparison: { churnReason: Reason | null, question: { year: number | null, baseYear: number | null, indicator: { code: string, name: string } | null }, rows: Array<{ unit: { code: string, fullName: string, level: { code: string } }, base: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, verdict: Verdict, text: string } }>, churn: { kept: number, never: number, level: { name: string }, gained: { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> }, lost: { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> }, new: { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> }, gone: { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> }, unjudged: { count: number, units: Array<{ code: string, name: string, parent: { name: string } | null }> } } | null, notes: Array<{ code: NoteCode, text: string }> } | null, series: { years: Array<number>, question: { indicator: { code: string, name: string, per: number | null, measureUnit: string } | null, units: Array<{ code: string }> }, series: Array<{ unit: { code: string, name: string, level: { code: string } }, figures: Array<{ id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }> }>, notes: Array<{ code: NoteCode, text: string }> } | null, ranking: { rankedCount: number, universeCount: number, othersCount: number, question: { year: number | null, baseYear: number | null, orderBy: RankingOrder | null, indicator: { code: string, name: string, per: number | null } | null, level: { code: string } | null, within: { code: string } | null }, rows: Array<{ rank: number | null, movement: number | null, unit: { code: string, name: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, percent: string | null, points: string | null, text: string } }>, unranked: Array<{ unit: { code: string, name: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string } }>, total: { unit: { name: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string } } | null, notes: Array<{ code: NoteCode, text: string }> } | null, targets: { question: { year: number | null }, rows: Array<{ year: number, result: TargetResult, ahead: boolean, text: string, target: { code: string, from: number | null, statement: string, indicator: { code: string } }, unit: { code: string, name: string, level: { code: string } } }>, notes: Array<{ code: NoteCode, text: string }> } | null, scorecard: { question: { year: number, set: { name: string, level: { name: string }, criteria: Array<{ code: string, name: string, indicator: { code: string } | null, parts: Array<{ code: string, name: string, indicator: { code: string } | null }> }> } }, rows: Array<{ text: string, unit: { code: string, name: string }, criteria: Array<{ state: CriterionState | null, met: number, notMet: number, unknown: number, criterion: { code: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string } | null }> }>, total: { text: string, unit: { code: string, name: string }, criteria: Array<{ state: CriterionState | null, met: number, notMet: number, unknown: number, criterion: { code: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string } | null }> } | null, notes: Array<{ code: NoteCode, text: string }> } | null, table: { question: { level: { code: string } | null, within: { code: string } | null }, columns: Array<{ name: string, year: number, indicator: { code: string, name: string } }>, rows: Array<{ unit: { code: string, name: string }, cells: Array<{ status: Status, text: string }> }>, total: { unit: { code: string, name: string }, cells: Array<{ status: Status, text: string }> } | null, notes: Array<{ code: NoteCode, text: string }> } | null, refusals: Array<{ code: string, message: string, hint: string, where: string, nearest: Array<string> }> }> } | null };

export type ScoredFragment = { text: string, unit: { code: string, name: string }, criteria: Array<{ state: CriterionState | null, met: number, notMet: number, unknown: number, criterion: { code: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, text: string, short: string } | null }> };

export type FigurePartsFragment = { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, origin: Origin, text: string, coverage: { expected: number, reported: number } };

export type PublishedByFragment = { release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null };

export type PublicationFragment = { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null };

export type CatalogueQueryVariables = Exact<{
  language: Language;
  search?: string | null | undefined;
  topic?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type CatalogueQuery = { untranslated: number, indicators: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ code: string, name: string, years: Array<number>, unitOfMeasure: string, topic: { code: string, name: string }, level: { code: string, name: string } }> } | null };

export type FrameQueryVariables = Exact<{
  language: Language;
  indicator: string;
}>;


export type FrameQuery = { untranslated: number, bases: Array<string>, indicator: { code: string, name: string, description: string, unitOfMeasure: string, measureUnit: string, per: number | null, direction: Direction, years: Array<number>, topic: { code: string, name: string }, level: { code: string, name: string }, definition: { title: string, url: string, date: string | null } | null, breakdowns: Array<{ code: string, name: string, members: Array<{ code: string, name: string }> }> } | null, levels: Array<{ code: string, name: string }> | null };

export type FirstLookQueryVariables = Exact<{
  indicator: string;
  level?: string | null | undefined;
  within?: string | null | undefined;
  unit?: string | null | undefined;
  year?: number | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type FirstLookQuery = { firstLook: { view: FirstLookView, question: { year: number | null, baseYear: number | null, level: { code: string } | null, unit: { code: string } | null, units: Array<{ code: string }> } } | null };

export type AvailabilityQueryVariables = Exact<{
  indicator: string;
  year?: number | null | undefined;
  within?: string | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type AvailabilityQuery = { availability: { levels: Array<{ count: number, universeCount: number, level: { code: string } }> } | null };

export type DevelopmentQueryVariables = Exact<{
  language: Language;
  indicator: string;
  unit: string;
  units: Array<string> | string;
  year: number;
  base: number | 'PREVIOUS';
  compared: boolean;
  from?: number | null | undefined;
  to?: number | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type DevelopmentQuery = { comparison?: { dataVersion: string, question: { asOf: string | null, basis: { date: string | null } }, rows: Array<{ unit: { code: string, fullName: string, name: string }, current: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, origin: Origin, text: string, coverage: { expected: number, reported: number }, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null }, base: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, origin: Origin, text: string, coverage: { expected: number, reported: number }, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null }, change: { verdict: Verdict, reason: Reason | null, text: string } }>, notes: Array<{ code: NoteCode, text: string }> } | null, figure?: { id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, origin: Origin, text: string, unit: { code: string, fullName: string, name: string }, coverage: { expected: number, reported: number }, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null } | null, series: { dataVersion: string, years: Array<number>, question: { asOf: string | null, basis: { date: string | null } }, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null, series: Array<{ unit: { code: string, name: string }, figures: Array<{ id: string, year: number, value: string | null, rate: string | null, status: Status, statuses: Array<Status>, reason: Reason | null, origin: Origin, text: string, coverage: { expected: number, reported: number } }> }>, notes: Array<{ code: NoteCode, text: string }> } | null };

export type OrderQueryVariables = Exact<{
  language: Language;
  indicator: string;
  level: string;
  within?: string | null | undefined;
  year: number;
  base: number | 'PREVIOUS';
  orderBy: RankingOrder;
  measure: Measure;
  first?: number | null | undefined;
  after?: string | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type OrderQuery = { ranking: { dataVersion: string, rankedCount: number, universeCount: number, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null, rows: Array<{ rank: number | null, movement: number | null, unit: { code: string, name: string, parent: { code: string, name: string } | null }, current: { id: string, value: string | null, atLeast: string | null, rate: string | null, status: Status, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, percent: string | null, points: string | null, reason: Reason | null, text: string, short: string } }>, unranked: Array<{ rank: number | null, movement: number | null, unit: { code: string, name: string, parent: { code: string, name: string } | null }, current: { id: string, value: string | null, atLeast: string | null, rate: string | null, status: Status, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, percent: string | null, points: string | null, reason: Reason | null, text: string, short: string } }>, last: { rank: number | null, movement: number | null, unit: { code: string, name: string, parent: { code: string, name: string } | null }, current: { id: string, value: string | null, atLeast: string | null, rate: string | null, status: Status, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, percent: string | null, points: string | null, reason: Reason | null, text: string, short: string } } | null, total: { unit: { code: string, name: string }, current: { id: string, status: Status, text: string }, change: { text: string } } | null, map: { code: string, source: { title: string, url: string, date: string | null } } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, notes: Array<{ code: NoteCode, text: string }> } | null };

export type OrderRowFragment = { rank: number | null, movement: number | null, unit: { code: string, name: string, parent: { code: string, name: string } | null }, current: { id: string, value: string | null, atLeast: string | null, rate: string | null, status: Status, reason: Reason | null, text: string, short: string }, change: { absolute: string | null, percent: string | null, points: string | null, reason: Reason | null, text: string, short: string } };

export type UnitsQueryVariables = Exact<{
  language: Language;
  search?: string | null | undefined;
  level?: string | null | undefined;
  within?: string | null | undefined;
  basis?: BasisInput | null | undefined;
  first: number;
}>;


export type UnitsQuery = { units: { totalCount: number, nodes: Array<{ code: string, fullName: string, name: string, level: { code: string, name: string }, parent: { name: string } | null }> } | null };

export type ProvenanceQueryVariables = Exact<{
  language: Language;
  figure: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ProvenanceQuery = { provenance: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ year: number, value: string | null, denominator: string | null, status: Status, note: string, citation: string, indicator: { code: string, name: string }, unit: { code: string, name: string }, place: { file: string, sheet: string, line: number, column: string }, release: { id: string, published: string, sourceCode: string } }> } | null };

export type YearsQueryVariables = Exact<{
  language: Language;
  indicator: string;
  level: string;
  within?: string | null | undefined;
  years: Array<number> | number;
  first: number;
  after?: string | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type YearsQuery = { table: { dataVersion: string, totalCount: number, release: { id: string, published: string, sourceCode: string, source: { title: string, publisher: string } | null } | null, columns: Array<{ year: number, unitOfMeasure: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, rows: Array<{ unit: { code: string, name: string }, cells: Array<{ status: Status, text: string, figure: { id: string } }> }>, total: { unit: { code: string, name: string }, cells: Array<{ status: Status, text: string, figure: { id: string } }> } | null, notes: Array<{ code: NoteCode, text: string }> } | null };

export type YearsFileQueryVariables = Exact<{
  language: Language;
  indicator: string;
  units?: Array<string> | string | null | undefined;
  level?: string | null | undefined;
  within?: string | null | undefined;
  from?: number | null | undefined;
  to?: number | null | undefined;
  scope?: ScopeInput | null | undefined;
}>;


export type YearsFileQuery = { series: { release: { id: string, published: string } | null, series: Array<{ unit: { code: string, name: string }, figures: Array<{ year: number, value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null, text: string }> }>, notes: Array<{ code: NoteCode, text: string }> } | null };

export type OrderFileQueryVariables = Exact<{
  language: Language;
  indicator: string;
  level: string;
  within?: string | null | undefined;
  year: number;
  base: number | 'PREVIOUS';
  orderBy: RankingOrder;
  scope?: ScopeInput | null | undefined;
}>;


export type OrderFileQuery = { ranking: { release: { id: string, published: string } | null, rows: Array<{ rank: number | null, movement: number | null, unit: { code: string, name: string }, current: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null, text: string }, base: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null }, change: { absolute: string | null, percent: string | null, points: string | null, verdict: Verdict, text: string } }>, unranked: Array<{ rank: number | null, movement: number | null, unit: { code: string, name: string }, current: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null, text: string }, base: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null }, change: { absolute: string | null, percent: string | null, points: string | null, verdict: Verdict, text: string } }>, notes: Array<{ code: NoteCode, text: string }> } | null };

export type OrderLineFragment = { rank: number | null, movement: number | null, unit: { code: string, name: string }, current: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null, text: string }, base: { value: string | null, denominator: string | null, rate: string | null, status: Status, reason: Reason | null }, change: { absolute: string | null, percent: string | null, points: string | null, verdict: Verdict, text: string } };

export type JobsQueryVariables = Exact<{
  language: Language;
}>;


export type JobsQuery = { untranslated: number, releaseManagement: ReleaseManagement, jobs: Array<{ sourceCode: string, title: string, publisher: string, schedule: string, timeZone: string, next: string | null, scheduleText: string, waitingSince: string | null, paused: { actor: string, comment: string, since: string } | null, lastRun: { id: string, actor: string, dueAt: string | null, late: boolean, startedAt: string, endedAt: string | null, seconds: number, outcome: string, read: number, accepted: number, rejected: number, added: number, releases: Array<string>, error: string } | null, held: Array<{ id: string }> }> | null, restatements: Array<{ id: string, sourceCode: string, actor: string, heldSince: string, added: number, revised: number, corrections: number, copyingSlip: boolean, state: RestatementState, decidedBy: string, comment: string, decidedAt: string | null, releases: Array<string>, files: Array<{ path: string, bytes: number | null }> }> | null };

export type DifferencesQueryVariables = Exact<{
  language: Language;
  first: number;
}>;


export type DifferencesQuery = { restatements: Array<{ id: string, findings: Array<{ code: NoteCode, severity: Severity, text: string, rule: string, value: string, reasonText: string, remedy: string, usedCitation: string, otherCitation: string, place: { file: string, sheet: string, line: number, column: string } }>, differences: { totalCount: number, nodes: Array<{ indicatorCode: string, indicatorName: string, unitCode: string, unitName: string, year: number, oldStatus: Status | null, newStatus: Status | null, old: string | null, new: string | null, oldDenominator: string | null, newDenominator: string | null, note: string, citation: string, text: string, breakdown: Array<{ dimension: { name: string }, members: Array<{ name: string }> }>, place: { file: string, sheet: string, line: number, column: string } }> } }> | null };

export type RejectsQueryVariables = Exact<{
  language: Language;
  first: number;
}>;


export type RejectsQuery = { jobs: Array<{ sourceCode: string, lastRun: { examiner: string, rejects: { totalCount: number, nodes: Array<{ reason: string, reasonText: string, remedy: string, value: string, detail: string, place: { file: string, sheet: string, line: number, column: string } }> } } | null }> | null };

export type FindingsQueryVariables = Exact<{
  language: Language;
}>;


export type FindingsQuery = { jobs: Array<{ sourceCode: string, findings: Array<{ code: NoteCode, severity: Severity, text: string, rule: string, value: string, reasonText: string, remedy: string, usedCitation: string, otherCitation: string, place: { file: string, sheet: string, line: number, column: string } }> }> | null };

export type ProgressSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ProgressSubscription = { runProgress: { source: string, stage: string, step: number, steps: number, done: number, total: number, rows: number, rejects: number, rate: number, outcome: string } };

export type HistoryQueryVariables = Exact<{
  language: Language;
  first: number;
}>;


export type HistoryQuery = { jobs: Array<{ sourceCode: string, nextTimes: Array<string> | null, runs: { totalCount: number, nodes: Array<{ id: string, actor: string, dueAt: string | null, late: boolean, startedAt: string, endedAt: string | null, seconds: number, years: string, outcome: string, read: number, rejected: number, added: number, error: string }> } }> | null };

export type StartMutationVariables = Exact<{
  id: string;
  actor: string;
}>;


export type StartMutation = { startLoad: { sourceCode: string } | null };

export type PauseMutationVariables = Exact<{
  id: string;
  actor: string;
  comment: string;
}>;


export type PauseMutation = { pauseSource: { sourceCode: string } | null };

export type ResumeMutationVariables = Exact<{
  id: string;
  actor: string;
  comment: string;
}>;


export type ResumeMutation = { resumeSource: { sourceCode: string } | null };

export type ApproveMutationVariables = Exact<{
  id: string;
  actor: string;
  comment: string;
  copyingSlip: boolean;
}>;


export type ApproveMutation = { approveRestatement: { id: string, state: RestatementState, releases: Array<string> } | null };

export type RefuseMutationVariables = Exact<{
  id: string;
  actor: string;
  comment: string;
}>;


export type RefuseMutation = { refuseRestatement: { id: string, state: RestatementState, releases: Array<string> } | null };

export type DeliveriesQueryVariables = Exact<{
  language: Language;
}>;


export type DeliveriesQuery = { deliveries: Array<{ code: string, unitCode: string, schedule: string, timeZone: string, next: string | null, sent: Array<{ destination: string, at: string, attempts: number, files: Array<string>, reason: string, reasonText: string, error: string }> }> | null };

export type PreviewMutationVariables = Exact<{
  source: string;
  file: File;
  first: number;
  language: Language;
}>;


export type PreviewMutation = { previewLoad: { outcome: string, text: string, read: number, accepted: number, rejected: number, added: number, revised: number, dropped: number, recorded: number, unchanged: number, leftOut: number, cellCount: number, rejectCount: number, findingCount: number, tables: Array<{ file: string, sheet: string, format: string, line: number, rowCount: number, passedCount: number, totalRowCount: number, remarks: Array<string>, columns: Array<{ header: string, isRead: boolean }>, rows: Array<{ line: number, cells: Array<string> }> }>, cells: Array<{ kind: PreviewKind, published: string, change: { indicatorName: string, unitCode: string, unitName: string, year: number, oldStatus: Status | null, newStatus: Status | null, old: string | null, new: string | null, oldDenominator: string | null, newDenominator: string | null, relativeText: string, breakdown: Array<{ members: Array<{ name: string }> }>, place: { file: string, sheet: string, line: number, column: string } } }>, rejects: Array<{ reason: string, reasonText: string, remedy: string, value: string, detail: string, place: { file: string, sheet: string, line: number, column: string } }>, findings: Array<{ text: string, place: { file: string, sheet: string, line: number, column: string } }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ToldFragmentDoc = new TypedDocumentString(`
    fragment Told on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  text
  short
}
    `, {"fragmentName":"Told"}) as unknown as TypedDocumentString<ToldFragment, unknown>;
export const ChangedFragmentDoc = new TypedDocumentString(`
    fragment Changed on ComparisonRow {
  unit {
    code
    level {
      code
    }
    fullName
  }
  base {
    ...Told
  }
  current {
    ...Told
  }
  change {
    absolute
    verdict
    text
  }
}
    fragment Told on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  text
  short
}`, {"fragmentName":"Changed"}) as unknown as TypedDocumentString<ChangedFragment, unknown>;
export const GroupFragmentDoc = new TypedDocumentString(`
    fragment Group on ChurnGroup {
  count
  units {
    code
    name: label
    parent {
      name: label
    }
  }
}
    `, {"fragmentName":"Group"}) as unknown as TypedDocumentString<GroupFragment, unknown>;
export const KnownFragmentDoc = new TypedDocumentString(`
    fragment Known on Note {
  code
  text
}
    `, {"fragmentName":"Known"}) as unknown as TypedDocumentString<KnownFragment, unknown>;
export const ScoredFragmentDoc = new TypedDocumentString(`
    fragment Scored on ScorecardRow {
  unit {
    code
    name: label
  }
  text
  criteria {
    criterion {
      code
    }
    state
    met
    notMet
    unknown
    current {
      ...Told
    }
  }
}
    fragment Told on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  text
  short
}`, {"fragmentName":"Scored"}) as unknown as TypedDocumentString<ScoredFragment, unknown>;
export const FigurePartsFragmentDoc = new TypedDocumentString(`
    fragment FigureParts on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  origin
  coverage {
    expected
    reported
  }
  text
}
    `, {"fragmentName":"FigureParts"}) as unknown as TypedDocumentString<FigurePartsFragment, unknown>;
export const PublicationFragmentDoc = new TypedDocumentString(`
    fragment Publication on Release {
  id
  published
  source {
    title
    publisher
  }
  sourceCode
}
    `, {"fragmentName":"Publication"}) as unknown as TypedDocumentString<PublicationFragment, unknown>;
export const PublishedByFragmentDoc = new TypedDocumentString(`
    fragment PublishedBy on Figure {
  release {
    ...Publication
  }
}
    fragment Publication on Release {
  id
  published
  source {
    title
    publisher
  }
  sourceCode
}`, {"fragmentName":"PublishedBy"}) as unknown as TypedDocumentString<PublishedByFragment, unknown>;
export const OrderRowFragmentDoc = new TypedDocumentString(`
    fragment OrderRow on RankingRow {
  rank
  movement
  unit {
    code
    name: label
    parent {
      code
      name: label
    }
  }
  current {
    id
    value
    atLeast
    rate
    status
    reason
    text
    short
  }
  change {
    absolute
    percent
    points
    reason
    text
    short(measure: $measure)
  }
}
    `, {"fragmentName":"OrderRow"}) as unknown as TypedDocumentString<OrderRowFragment, unknown>;
export const OrderLineFragmentDoc = new TypedDocumentString(`
    fragment OrderLine on RankingRow {
  rank
  movement
  unit {
    code
    name: label
  }
  current {
    value
    denominator
    rate
    status
    reason
    text
  }
  base {
    value
    denominator
    rate
    status
    reason
  }
  change {
    absolute
    percent
    points
    verdict
    text
  }
}
    `, {"fragmentName":"OrderLine"}) as unknown as TypedDocumentString<OrderLineFragment, unknown>;
export const DashboardsDocument = new TypedDocumentString(`
    query Dashboards($language: Language!) @answer(language: $language) {
  untranslated
  dashboards {
    code
    title
    description
    year
    baseYear
  }
}
    `) as unknown as TypedDocumentString<DashboardsQuery, DashboardsQueryVariables>;
export const ScreenDocument = new TypedDocumentString(`
    query Screen($language: Language!, $code: ID!, $year: Int, $base: BaseYear, $unit: ID, $scope: ScopeInput) @answer(language: $language) {
  untranslated
  dashboard(code: $code, year: $year, baseYear: $base, unit: $unit, scope: $scope) {
    question {
      template {
        title
        description
        baseYear
        years
      }
      unit {
        code
        fullName
      }
      year
      baseYear
      asOf
    }
    release {
      published
      sourceCode
      source {
        publisher
      }
    }
    dataVersion
    tiles {
      kind
      title
      comparison {
        question {
          indicator {
            code
            name
          }
          year
          baseYear
        }
        rows {
          ...Changed
        }
        churn {
          level {
            name
          }
          gained {
            ...Group
          }
          lost {
            ...Group
          }
          new {
            ...Group
          }
          gone {
            ...Group
          }
          unjudged {
            ...Group
          }
          kept
          never
        }
        churnReason
        notes {
          ...Known
        }
      }
      series {
        question {
          indicator {
            code
            name
            per
            measureUnit
          }
          units {
            code
          }
        }
        years
        series {
          unit {
            code
            level {
              code
            }
            name
          }
          figures {
            ...Told
          }
        }
        notes {
          ...Known
        }
      }
      ranking {
        question {
          indicator {
            code
            name
            per
          }
          level {
            code
          }
          within {
            code
          }
          year
          baseYear
          orderBy
        }
        rankedCount
        universeCount
        othersCount
        rows {
          rank
          movement
          unit {
            code
            name: label
          }
          current {
            ...Told
          }
          change {
            absolute
            percent
            points
            text
          }
        }
        unranked {
          unit {
            code
            name: label
          }
          current {
            ...Told
          }
        }
        total {
          unit {
            name: label
          }
          current {
            ...Told
          }
        }
        notes {
          ...Known
        }
      }
      targets {
        question {
          year
        }
        rows {
          target {
            code
            from
            indicator {
              code
            }
            statement
          }
          unit {
            code
            level {
              code
            }
            name
          }
          year
          result
          ahead
          text
        }
        notes {
          ...Known
        }
      }
      scorecard {
        question {
          set {
            name
            level {
              name
            }
            criteria {
              code
              name
              indicator {
                code
              }
              parts {
                code
                name
                indicator {
                  code
                }
              }
            }
          }
          year
        }
        rows {
          ...Scored
        }
        total {
          ...Scored
        }
        notes {
          ...Known
        }
      }
      table {
        question {
          level {
            code
          }
          within {
            code
          }
        }
        columns {
          indicator {
            code
            name
          }
          name
          year
        }
        rows {
          unit {
            code
            name: label
          }
          cells {
            status
            text
          }
        }
        total {
          unit {
            code
            name: label
          }
          cells {
            status
            text
          }
        }
        notes {
          ...Known
        }
      }
      refusals {
        code
        message
        hint
        where
        nearest
      }
    }
  }
}
    fragment Told on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  text
  short
}
fragment Changed on ComparisonRow {
  unit {
    code
    level {
      code
    }
    fullName
  }
  base {
    ...Told
  }
  current {
    ...Told
  }
  change {
    absolute
    verdict
    text
  }
}
fragment Group on ChurnGroup {
  count
  units {
    code
    name: label
    parent {
      name: label
    }
  }
}
fragment Known on Note {
  code
  text
}
fragment Scored on ScorecardRow {
  unit {
    code
    name: label
  }
  text
  criteria {
    criterion {
      code
    }
    state
    met
    notMet
    unknown
    current {
      ...Told
    }
  }
}`) as unknown as TypedDocumentString<ScreenQuery, ScreenQueryVariables>;
export const CatalogueDocument = new TypedDocumentString(`
    query Catalogue($language: Language!, $search: String, $topic: ID, $first: Int!, $after: String) @answer(language: $language) {
  untranslated
  indicators(search: $search, topic: $topic, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      code
      name
      years
      unitOfMeasure
      topic {
        code
        name
      }
      level {
        code
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueQuery, CatalogueQueryVariables>;
export const FrameDocument = new TypedDocumentString(`
    query Frame($language: Language!, $indicator: ID!) @answer(language: $language) {
  untranslated
  indicator(code: $indicator) {
    code
    name
    description
    unitOfMeasure
    measureUnit
    per
    direction
    years
    topic {
      code
      name
    }
    level {
      code
      name
    }
    definition {
      title
      url
      date
    }
    breakdowns {
      code
      name
      members {
        code
        name
      }
    }
  }
  levels {
    code
    name
  }
  bases
}
    `) as unknown as TypedDocumentString<FrameQuery, FrameQueryVariables>;
export const FirstLookDocument = new TypedDocumentString(`
    query FirstLook($indicator: ID!, $level: ID, $within: ID, $unit: ID, $year: Int, $scope: ScopeInput) {
  firstLook(
    indicator: $indicator
    level: $level
    within: $within
    unit: $unit
    year: $year
    scope: $scope
  ) {
    view
    question {
      year
      baseYear
      level {
        code
      }
      unit {
        code
      }
      units {
        code
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FirstLookQuery, FirstLookQueryVariables>;
export const AvailabilityDocument = new TypedDocumentString(`
    query Availability($indicator: ID!, $year: Int, $within: ID, $scope: ScopeInput) {
  availability(indicator: $indicator, year: $year, within: $within, scope: $scope) {
    levels {
      level {
        code
      }
      count
      universeCount
    }
  }
}
    `) as unknown as TypedDocumentString<AvailabilityQuery, AvailabilityQueryVariables>;
export const DevelopmentDocument = new TypedDocumentString(`
    query Development($language: Language!, $indicator: ID!, $unit: ID!, $units: [ID!]!, $year: Int!, $base: BaseYear!, $compared: Boolean!, $from: Int, $to: Int, $scope: ScopeInput) @answer(language: $language) {
  comparison(
    indicator: $indicator
    unit: $unit
    year: $year
    baseYear: $base
    scope: $scope
  ) @include(if: $compared) {
    question {
      asOf
      basis {
        date
      }
    }
    dataVersion
    rows {
      unit {
        code
        name: label
        fullName
      }
      current {
        ...FigureParts
        ...PublishedBy
      }
      base {
        ...FigureParts
        ...PublishedBy
      }
      change {
        verdict
        reason
        text
      }
    }
    notes {
      code
      text
    }
  }
  figure(indicator: $indicator, unit: $unit, year: $year, scope: $scope) @skip(if: $compared) {
    unit {
      code
      name: label(language: $language)
      fullName(language: $language)
    }
    ...FigureParts
    ...PublishedBy
  }
  series(
    indicator: $indicator
    units: $units
    from: $from
    to: $to
    scope: $scope
  ) {
    question {
      asOf
      basis {
        date
      }
    }
    release {
      ...Publication
    }
    dataVersion
    years
    series {
      unit {
        code
        name: label
      }
      figures {
        ...FigureParts
      }
    }
    notes {
      code
      text
    }
  }
}
    fragment FigureParts on Figure {
  id
  year
  value
  rate
  status
  statuses
  reason
  origin
  coverage {
    expected
    reported
  }
  text
}
fragment PublishedBy on Figure {
  release {
    ...Publication
  }
}
fragment Publication on Release {
  id
  published
  source {
    title
    publisher
  }
  sourceCode
}`) as unknown as TypedDocumentString<DevelopmentQuery, DevelopmentQueryVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($language: Language!, $indicator: ID!, $level: ID!, $within: ID, $year: Int!, $base: BaseYear!, $orderBy: RankingOrder!, $measure: Measure!, $first: Int, $after: String, $scope: ScopeInput) @answer(language: $language) {
  ranking(
    indicator: $indicator
    level: $level
    within: $within
    year: $year
    baseYear: $base
    orderBy: $orderBy
    first: $first
    after: $after
    scope: $scope
  ) {
    release {
      ...Publication
    }
    dataVersion
    rankedCount
    universeCount
    rows {
      ...OrderRow
    }
    unranked {
      ...OrderRow
    }
    last {
      ...OrderRow
    }
    total {
      unit {
        code
        name: label
      }
      current {
        id
        status
        text
      }
      change {
        text
      }
    }
    map {
      code
      source {
        title
        url
        date
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    notes {
      code
      text
    }
  }
}
    fragment Publication on Release {
  id
  published
  source {
    title
    publisher
  }
  sourceCode
}
fragment OrderRow on RankingRow {
  rank
  movement
  unit {
    code
    name: label
    parent {
      code
      name: label
    }
  }
  current {
    id
    value
    atLeast
    rate
    status
    reason
    text
    short
  }
  change {
    absolute
    percent
    points
    reason
    text
    short(measure: $measure)
  }
}`) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const UnitsDocument = new TypedDocumentString(`
    query Units($language: Language!, $search: String, $level: ID, $within: ID, $basis: BasisInput, $first: Int!) @answer(language: $language) {
  units(
    search: $search
    level: $level
    within: $within
    basis: $basis
    first: $first
  ) {
    totalCount
    nodes {
      code
      name: label
      fullName
      level {
        code
        name
      }
      parent {
        name: label
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UnitsQuery, UnitsQueryVariables>;
export const ProvenanceDocument = new TypedDocumentString(`
    query Provenance($language: Language!, $figure: ID!, $first: Int!, $after: String) @answer(language: $language) {
  provenance(figure: $figure, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      indicator {
        code
        name
      }
      unit {
        code
        name: label
      }
      year
      value
      denominator
      status
      note(language: $language)
      citation
      place {
        file
        sheet
        line
        column
      }
      release {
        id
        published
        sourceCode
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProvenanceQuery, ProvenanceQueryVariables>;
export const YearsDocument = new TypedDocumentString(`
    query Years($language: Language!, $indicator: ID!, $level: ID!, $within: ID, $years: [Int!]!, $first: Int!, $after: String, $scope: ScopeInput) @answer(language: $language) {
  table(
    indicators: [$indicator]
    level: $level
    within: $within
    years: $years
    measures: [FIGURE]
    first: $first
    after: $after
    scope: $scope
  ) {
    release {
      ...Publication
    }
    dataVersion
    columns {
      year
      unitOfMeasure
    }
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    rows {
      unit {
        code
        name: label
      }
      cells {
        status
        text
        figure {
          id
        }
      }
    }
    total {
      unit {
        code
        name: label
      }
      cells {
        status
        text
        figure {
          id
        }
      }
    }
    notes {
      code
      text
    }
  }
}
    fragment Publication on Release {
  id
  published
  source {
    title
    publisher
  }
  sourceCode
}`) as unknown as TypedDocumentString<YearsQuery, YearsQueryVariables>;
export const YearsFileDocument = new TypedDocumentString(`
    query YearsFile($language: Language!, $indicator: ID!, $units: [ID!], $level: ID, $within: ID, $from: Int, $to: Int, $scope: ScopeInput) @answer(language: $language) {
  series(
    indicator: $indicator
    units: $units
    level: $level
    within: $within
    from: $from
    to: $to
    scope: $scope
  ) {
    release {
      id
      published
    }
    series {
      unit {
        code
        name: label
      }
      figures {
        year
        value
        denominator
        rate
        status
        reason
        text
      }
    }
    notes {
      code
      text
    }
  }
}
    `) as unknown as TypedDocumentString<YearsFileQuery, YearsFileQueryVariables>;
export const OrderFileDocument = new TypedDocumentString(`
    query OrderFile($language: Language!, $indicator: ID!, $level: ID!, $within: ID, $year: Int!, $base: BaseYear!, $orderBy: RankingOrder!, $scope: ScopeInput) @answer(language: $language) {
  ranking(
    indicator: $indicator
    level: $level
    within: $within
    year: $year
    baseYear: $base
    orderBy: $orderBy
    scope: $scope
  ) {
    release {
      id
      published
    }
    rows {
      ...OrderLine
    }
    unranked {
      ...OrderLine
    }
    notes {
      code
      text
    }
  }
}
    fragment OrderLine on RankingRow {
  rank
  movement
  unit {
    code
    name: label
  }
  current {
    value
    denominator
    rate
    status
    reason
    text
  }
  base {
    value
    denominator
    rate
    status
    reason
  }
  change {
    absolute
    percent
    points
    verdict
    text
  }
}`) as unknown as TypedDocumentString<OrderFileQuery, OrderFileQueryVariables>;
export const JobsDocument = new TypedDocumentString(`
    query Jobs($language: Language!) @answer(language: $language) {
  untranslated
  releaseManagement
  jobs {
    sourceCode
    title
    publisher
    schedule
    timeZone
    next
    scheduleText
    paused {
      actor
      comment
      since
    }
    waitingSince
    lastRun {
      id
      actor
      dueAt
      late
      startedAt
      endedAt
      seconds
      outcome
      read
      accepted
      rejected
      added
      releases
      error
    }
    held {
      id
    }
  }
  restatements {
    id
    sourceCode
    actor
    heldSince
    added
    revised
    corrections
    copyingSlip
    state
    decidedBy
    comment
    decidedAt
    releases
    files {
      path
      bytes
    }
  }
}
    `) as unknown as TypedDocumentString<JobsQuery, JobsQueryVariables>;
export const DifferencesDocument = new TypedDocumentString(`
    query Differences($language: Language!, $first: Int!) @answer(language: $language) {
  restatements(state: HELD) {
    id
    findings {
      code
      severity
      text
      rule
      value
      reasonText
      remedy
      usedCitation
      otherCitation
      place {
        file
        sheet
        line
        column
      }
    }
    differences(first: $first) {
      totalCount
      nodes {
        indicatorCode
        indicatorName
        unitCode
        unitName
        year
        breakdown {
          dimension {
            name
          }
          members {
            name
          }
        }
        oldStatus
        newStatus
        old
        new
        oldDenominator
        newDenominator
        place {
          file
          sheet
          line
          column
        }
        note(language: $language)
        citation
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DifferencesQuery, DifferencesQueryVariables>;
export const RejectsDocument = new TypedDocumentString(`
    query Rejects($language: Language!, $first: Int!) @answer(language: $language) {
  jobs {
    sourceCode
    lastRun {
      examiner
      rejects(first: $first) {
        totalCount
        nodes {
          reason
          reasonText
          remedy
          value
          detail
          place {
            file
            sheet
            line
            column
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RejectsQuery, RejectsQueryVariables>;
export const FindingsDocument = new TypedDocumentString(`
    query Findings($language: Language!) @answer(language: $language) {
  jobs {
    sourceCode
    findings {
      code
      severity
      text
      rule
      value
      reasonText
      remedy
      usedCitation
      otherCitation
      place {
        file
        sheet
        line
        column
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindingsQuery, FindingsQueryVariables>;
export const ProgressDocument = new TypedDocumentString(`
    subscription Progress {
  runProgress {
    source
    stage
    step
    steps
    done
    total
    rows
    rejects
    rate
    outcome
  }
}
    `) as unknown as TypedDocumentString<ProgressSubscription, ProgressSubscriptionVariables>;
export const HistoryDocument = new TypedDocumentString(`
    query History($language: Language!, $first: Int!) @answer(language: $language) {
  jobs {
    sourceCode
    nextTimes(first: 3)
    runs(first: $first) {
      totalCount
      nodes {
        id
        actor
        dueAt
        late
        startedAt
        endedAt
        seconds
        years
        outcome
        read
        rejected
        added
        error
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const StartDocument = new TypedDocumentString(`
    mutation Start($id: ID!, $actor: String!) {
  startLoad(id: $id, actor: $actor) {
    sourceCode
  }
}
    `) as unknown as TypedDocumentString<StartMutation, StartMutationVariables>;
export const PauseDocument = new TypedDocumentString(`
    mutation Pause($id: ID!, $actor: String!, $comment: String!) {
  pauseSource(id: $id, actor: $actor, comment: $comment) {
    sourceCode
  }
}
    `) as unknown as TypedDocumentString<PauseMutation, PauseMutationVariables>;
export const ResumeDocument = new TypedDocumentString(`
    mutation Resume($id: ID!, $actor: String!, $comment: String!) {
  resumeSource(id: $id, actor: $actor, comment: $comment) {
    sourceCode
  }
}
    `) as unknown as TypedDocumentString<ResumeMutation, ResumeMutationVariables>;
export const ApproveDocument = new TypedDocumentString(`
    mutation Approve($id: ID!, $actor: String!, $comment: String!, $copyingSlip: Boolean!) {
  approveRestatement(
    id: $id
    actor: $actor
    comment: $comment
    copyingSlip: $copyingSlip
  ) {
    id
    state
    releases
  }
}
    `) as unknown as TypedDocumentString<ApproveMutation, ApproveMutationVariables>;
export const RefuseDocument = new TypedDocumentString(`
    mutation Refuse($id: ID!, $actor: String!, $comment: String!) {
  refuseRestatement(id: $id, actor: $actor, comment: $comment) {
    id
    state
    releases
  }
}
    `) as unknown as TypedDocumentString<RefuseMutation, RefuseMutationVariables>;
export const DeliveriesDocument = new TypedDocumentString(`
    query Deliveries($language: Language!) @answer(language: $language) {
  deliveries {
    code
    unitCode
    schedule
    timeZone
    next
    sent {
      destination
      at
      attempts
      files
      reason
      reasonText
      error
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const PreviewDocument = new TypedDocumentString(`
    mutation Preview($source: ID!, $file: Upload!, $first: Int!, $language: Language!) @answer(language: $language) {
  previewLoad(source: $source, file: $file, first: $first) {
    outcome
    text
    read
    accepted
    rejected
    added
    revised
    dropped
    recorded
    unchanged
    leftOut
    cellCount
    rejectCount
    findingCount
    tables {
      file
      sheet
      format
      line
      columns {
        header
        isRead
      }
      rows {
        line
        cells
      }
      rowCount
      passedCount
      totalRowCount
      remarks
    }
    cells {
      kind
      published
      change {
        indicatorName
        unitCode
        unitName
        year
        breakdown {
          members {
            name
          }
        }
        oldStatus
        newStatus
        old
        new
        oldDenominator
        newDenominator
        relativeText
        place {
          file
          sheet
          line
          column
        }
      }
    }
    rejects {
      reason
      reasonText
      remedy
      value
      detail
      place {
        file
        sheet
        line
        column
      }
    }
    findings {
      text
      place {
        file
        sheet
        line
        column
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewMutation, PreviewMutationVariables>;