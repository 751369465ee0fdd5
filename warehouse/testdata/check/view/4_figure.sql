-- The figure of every unit, from the definitions of numbers.md, section 2. The
-- value is v ÷ 100 (of a mean w ÷ d ÷ 100), the rate v × per ÷ d; n ÷ m is the measure:
-- the rate of a ratio or attainment, else the value. q ÷ r is what absolute and relative changes
-- are of: the number met of an attainment, else the measure. lack is why there is none.
-- asked are those whose figures, changes and ranks are held against our code's: of
-- communes all years of the indicators that end in 1, and two years of the others.
CREATE OR REPLACE TABLE check_figure ENGINE = Memory AS
WITH
    members AS
    (
        SELECT
            splitByChar('[', series)[1] AS whole, year, unit, level, above, expected, broken, has,
            if(has, own_v, v) AS part_v, if(has, own_d, d) AS part_d, if(has, expected, covered) AS part_covered, if(has, [unit], who) AS part_who
        FROM check_sum
        WHERE series LIKE '%[%'
    ),
    -- Where nobody reported a total it is the sum over the members, if each has a figure.
    -- Its coverage is of the units that have both: where not the same have each, as many as is sure.
    totals AS
    (
        SELECT
            whole AS series, year, unit, level, above, expected, 0 AS has, 0 AS own_v, 0 AS own_d, sum(part_v) AS v, sum(part_d) AS d, 0 AS w,
            multiIf(
                count() < 2 OR min(part_covered) = 0, 0,
                uniqExact(part_who) = 1, any(part_covered), greatest(members.expected - sum(members.expected - part_covered), 0)) AS covered,
            max(members.broken) AS broken, if(uniqExact(part_who) = 1, any(part_who), arraySort(arrayFlatten(groupArray(part_who)))) AS who
        FROM members
        GROUP BY whole, year, unit, level, above, expected
    )
SELECT
    series AS indicator, year, unit, level, above, splitByChar('-', indicator)[1] AS kind, toInt64(expected) AS expected, toInt64(covered) AS covered, level != 'commune' OR indicator LIKE '%-1' OR year IN (2015, 2018) AS asked, has = 1 AS is_own, who, broken = 1 AS broken,
    if(indicator LIKE 'ratio-4%', 1000, 100) AS per,
    multiIf(is_own, 'REPORTED', lack = '', 'COMPUTED', 'NONE') AS origin, if(is_own, 1, toInt64(covered)) AS reported, if(is_own, 1, toInt64(expected)) AS of,
    multiIf(covered = 0, 'MISSING', kind = 'reported', 'NOT_ADDITIVE', covered * 3 < expected * 2, 'COVERAGE_LOW', '') AS rolled_lack,
    if(is_own, '', rolled_lack) AS lack,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), v * per, kind = 'mean', w, v)) AS rolled_n,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), d, kind = 'mean', d * 100, 100)) AS rolled_m,
    v AS rolled_v, toInt256(if(is_own, own_v, v)) AS fv, toInt256(if(is_own, own_d, d)) AS fd,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), fv * per, kind = 'mean' AND is_own, own_v * own_d, kind = 'mean', w, fv)) AS n,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), fd, kind = 'mean', fd * 100, 100)) AS m,
    toInt256(if(kind = 'attainment', fv, n)) AS q,
    toInt256(if(kind = 'attainment', 100, m)) AS r
FROM (SELECT * FROM check_sum UNION ALL SELECT * FROM totals)
