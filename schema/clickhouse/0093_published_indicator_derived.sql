-- The view of 0075, with what a ratio is per and what a derived indicator is made of.
CREATE OR REPLACE VIEW published_indicator
(
    indicator         LowCardinality(String) COMMENT 'code of the indicator',
    topic             LowCardinality(String) COMMENT 'code of its topic',
    kind              LowCardinality(String) COMMENT 'COUNT, AMOUNT, RATIO, ATTAINMENT, MEAN, REPORTED or DERIVED: counts and amounts may be added over units, a ratio is the sum of values over the sum of denominators, reported figures are never added, of derived indicators nothing is reported',
    name_vi           String COMMENT 'name in Vietnamese',
    name_en           String COMMENT 'name in English',
    description_vi    String COMMENT 'how it is counted, in Vietnamese',
    description_en    String COMMENT 'how it is counted, in English',
    measure_vi        String COMMENT 'unit of measure of the value, in Vietnamese; of a ratio that is not per 100, of its rate',
    measure_en        String COMMENT 'unit of measure of the value, in English; of a ratio that is not per 100, of its rate',
    decimals          UInt8 COMMENT 'digits after the decimal sign when a figure is shown; values are kept as they were reported',
    direction         LowCardinality(String) COMMENT 'HIGHER, LOWER or NEUTRAL is better',
    level             LowCardinality(String) COMMENT 'code of the level whose units report it; of a derived indicator the uppermost of its parts',
    confidential_below UInt32 COMMENT 'over 0: the indicator is confidential, and published_observation has no row of it',
    per               UInt32 COMMENT 'what value ÷ denominator is multiplied by: 100 for a percentage; 0 for kinds without a rate',
    formula           LowCardinality(String) COMMENT 'RATIO, SHARE, SUM or DIFFERENCE of the parts of a derived indicator; empty for any other',
    parts             String COMMENT 'codes of the indicators that a derived one is made of, with commas between them; empty for any other'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    code AS indicator, topic, kind, name_vi, name_en, description_vi, description_en, measure_vi, measure_en,
    decimals, direction, level, confidential_below, per, formula, arrayStringConcat(i.parts, ',') AS parts
FROM {database}.indicator AS i
WHERE catalogue = (SELECT max(number) FROM {database}.catalogue)
