-- The units, a row for each stretch of time in which name, kind and parent stay the same.
CREATE OR REPLACE VIEW published_unit
(
    unit       LowCardinality(String) COMMENT 'official code; one code can belong to other territories at other times',
    unit_key   UInt32 COMMENT 'number of the unit, which no other unit ever has: what published_observation is joined by',
    name_vi    String COMMENT 'proper name in Vietnamese',
    name_en    String COMMENT 'proper name in English',
    kind       LowCardinality(String) COMMENT 'code of the kind: xã, phường, thị trấn …',
    level      LowCardinality(String) COMMENT 'code of the level: province, district, commune …',
    parent     LowCardinality(String) COMMENT 'code of the unit that it lies in; empty at the top',
    valid_from Nullable(Date32) COMMENT 'first day of this stretch; null: as long as is known',
    valid_to   Nullable(Date32) COMMENT 'the day after the last of this stretch; null: until now'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    code AS unit, key AS unit_key, name_vi, name_en, kind, level, parent,
    if(u.valid_from = 0, NULL, YYYYMMDDToDate32(u.valid_from)) AS valid_from,
    if(u.valid_to = 0, NULL, YYYYMMDDToDate32(u.valid_to)) AS valid_to
FROM {database}.unit AS u
WHERE catalogue = (SELECT max(number) FROM {database}.catalogue)
