-- The indicators, for readers with SQL who may see what is published and nothing
-- else. The views published_* run with the rights of who made them, so that their
-- readers need none on the tables. They tell figures as they were reported: roll-ups,
-- coverage, changes and ranks are reckoned by package stats alone, and a second
-- definition of them in SQL would sooner or later tell another number.
CREATE OR REPLACE VIEW published_indicator
(
    indicator         LowCardinality(String) COMMENT 'code of the indicator',
    topic             LowCardinality(String) COMMENT 'code of its topic',
    kind              LowCardinality(String) COMMENT 'COUNT, AMOUNT, RATIO, ATTAINMENT, MEAN or REPORTED: counts and amounts may be added over units, a ratio is the sum of values over the sum of denominators, reported figures are never added',
    name_vi           String COMMENT 'name in Vietnamese',
    name_en           String COMMENT 'name in English',
    description_vi    String COMMENT 'how it is counted, in Vietnamese',
    description_en    String COMMENT 'how it is counted, in English',
    measure_vi        String COMMENT 'unit of measure of the value, in Vietnamese',
    measure_en        String COMMENT 'unit of measure of the value, in English',
    decimals          UInt8 COMMENT 'digits after the decimal sign when a figure is shown; values are kept as they were reported',
    direction         LowCardinality(String) COMMENT 'HIGHER, LOWER or NEUTRAL is better',
    level             LowCardinality(String) COMMENT 'code of the level whose units report it',
    confidential_below UInt32 COMMENT 'over 0: the indicator is confidential, and published_observation has no row of it'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    code AS indicator, topic, kind, name_vi, name_en, description_vi, description_en, measure_vi, measure_en,
    decimals, direction, level, confidential_below
FROM {database}.indicator
WHERE catalogue = (SELECT max(number) FROM {database}.catalogue)
