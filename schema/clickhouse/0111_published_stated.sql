-- What sources stated on the units of another day than 31 December of the figure's year, such
-- as a back series on later units, as it stands now: of each cell the last publication that
-- counts. It stands beside published_observation, not in it: the same people are in both. As
-- there, nothing of confidential indicators. Names are those of the unit on that day.
CREATE OR REPLACE VIEW published_stated
(
    indicator    LowCardinality(String) COMMENT 'code of the indicator',
    indicator_vi String COMMENT 'name of the indicator in Vietnamese',
    indicator_en String COMMENT 'name of the indicator in English',
    kind         LowCardinality(String) COMMENT 'kind of the indicator: how it may be added, see published_indicator.kind',
    measure_vi   String COMMENT 'unit of measure of the value, in Vietnamese',
    measure_en   String COMMENT 'unit of measure of the value, in English',
    year         UInt16 COMMENT 'year of the figure',
    stated_on    Date32 COMMENT 'day on whose units its source stated it: the figure of the year on the units of that day',
    unit         LowCardinality(String) COMMENT 'code of the unit that the figure is of',
    unit_key     UInt32 COMMENT 'number of the unit, see published_unit.unit_key',
    unit_vi      String COMMENT 'name of the unit on that day, in Vietnamese',
    unit_en      String COMMENT 'name of the unit on that day, in English',
    level        LowCardinality(String) COMMENT 'level of the unit: rows of several levels hold each other and must not be added',
    unit_kind    LowCardinality(String) COMMENT 'kind of the unit on that day',
    parent       LowCardinality(String) COMMENT 'code of the unit above on that day; empty at the top',
    breakdown    LowCardinality(String) COMMENT 'members that the figure is of, residence=urban;sex=female; empty: the total, which holds them',
    value        Nullable(Decimal(38, 10)) COMMENT 'as it was reported, unrounded; of a ratio or attainment the numerator, or the rate where no denominator is known; null: reported as not known',
    denominator  Nullable(Decimal(38, 10)) COMMENT 'what value is a part of, or the weight of a mean; null: there is none',
    status       LowCardinality(String) COMMENT 'A normal, P provisional, E estimated, B break in series, M missing',
    note         String COMMENT 'what the source says of it',
    citation     String COMMENT 'where it was printed',
    file         LowCardinality(String) COMMENT 'file of the workspace',
    sheet        LowCardinality(String) COMMENT 'sheet of a workbook; empty where files have none',
    line         UInt32 COMMENT 'line of the file or row of the sheet, from 1',
    column       LowCardinality(String) COMMENT 'header of the column',
    published    Nullable(Date32) COMMENT 'day on which the publisher made it public; null: not known',
    release      UInt32 COMMENT 'number of the release that it came with'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    o.indicator AS indicator, i.name_vi AS indicator_vi, i.name_en AS indicator_en, i.kind AS kind, i.measure_vi AS measure_vi, i.measure_en AS measure_en,
    o.year AS year, o.stated_on AS stated_on, u.code AS unit, o.unit AS unit_key, u.name_vi AS unit_vi, u.name_en AS unit_en,
    u.level AS level, u.kind AS unit_kind, u.parent AS parent, o.members AS breakdown,
    o.last.1 AS value, o.last.2 AS denominator, o.last.3 AS status, o.last.4 AS note, o.last.5 AS citation,
    o.last.6 AS file, o.last.7 AS sheet, o.last.8 AS line, o.last.9 AS column,
    if(o.at.1 = 0, NULL, YYYYMMDDToDate32(o.at.1)) AS published, o.at.2 AS release
FROM
(
    SELECT
        indicator, year, unit, breakdown, toDate32(substring(breakdown, 2, 10)) AS stated_on, substring(breakdown, 13) AS members,
        toYYYYMMDD(stated_on) AS day, max((published, release)) AS at,
        argMax((value, denominator, status, note, citation, file, sheet, line, column), (published, release)) AS last
    FROM {database}.observation
    WHERE release IN (SELECT id FROM {database}.release) AND startsWith(breakdown, '@')
        AND release NOT IN
        (
            SELECT if(withdraws > 0, withdraws, restores) AS of
            FROM {database}.release
            WHERE withdraws > 0 OR restores > 0
            GROUP BY of
            HAVING argMax(withdraws > 0, (published, id))
        )
    GROUP BY indicator, year, unit, breakdown
) AS o
INNER JOIN
(
    SELECT code, kind, name_vi, name_en, measure_vi, measure_en
    FROM {database}.indicator
    WHERE catalogue = (SELECT max(number) FROM {database}.catalogue) AND confidential_below = 0
) AS i ON i.code = o.indicator
ASOF INNER JOIN
(
    SELECT key, code, level, kind, parent, name_vi, name_en, valid_from
    FROM {database}.unit
    WHERE catalogue = (SELECT max(number) FROM {database}.catalogue)
) AS u ON u.key = o.unit AND o.day >= u.valid_from
