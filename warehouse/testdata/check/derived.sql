-- What is made of several indicators (numbers.md, section 2): of their own figures, where each
-- has one and all stand for the same units: all of them reported, or for every commune, or
-- the very same communes. n ÷ m is what changes are of.
WITH
    parts AS
    (
        SELECT each.1 AS name, each.2 AS formula, toUInt8(place) AS place, part
        FROM (SELECT arrayJoin([
            ('derived-ratio', 'ratio', ['count-1', 'count-0']), ('derived-share', 'share', ['count-2', 'count-0']),
            ('derived-sum', 'sum', ['count-2', 'count-1', 'count-0']), ('derived-difference', 'difference', ['amount-1', 'count-0'])]) AS each)
        ARRAY JOIN each.3 AS part, arrayEnumerate(each.3) AS place
    ),
    figures AS
    (
        SELECT
            p.name AS name, any(p.formula) AS formula, f.unit AS unit, f.year AS year,
            arraySort(x -> x.1, groupArray((p.place, f.lack, f.fv, f.is_own OR f.covered = f.expected, if(f.is_own, [f.unit], f.who), f.is_own, f.covered))) AS all,
            arrayFilter(x -> x.2 != '', all) AS lacking, arrayFilter(x -> NOT x.6, all) AS rolled,
            all[1].3 AS v1, all[2].3 AS v2,
            arrayAll(x -> (x.4 AND all[1].4) OR x.5 = all[1].5, all) AS alike,
            multiIf(
                notEmpty(lacking), lacking[1].2, NOT alike, 'PARTS_DIFFER',
                formula = 'share' AND (v1 < 0 OR v1 > v2), 'PARTS_DIFFER', '') AS lack,
            multiIf(formula = 'ratio', v1 * 1000, formula = 'share', v1 * 100, formula = 'sum', arraySum(x -> x.3, all), v1 - v2) AS n,
            multiIf(formula IN ('ratio', 'share'), v2, 100) AS m,
            if(lack = '' AND m = 0, 'NOT_APPLICABLE', lack) AS no_rate
        FROM parts AS p INNER JOIN check_figure AS f ON f.indicator = p.part
        WHERE f.year IN (SELECT year FROM check_figure WHERE indicator = 'count-1')
        GROUP BY p.name, f.unit, f.year
    )
SELECT each.1, name, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT
        c.name AS name, c.unit AS unit, c.year AS year,
        arrayJoin([
            ('derived value', concat(toString(if(c.formula IN ('ratio', 'share'), c.v1, c.n)), '/100'), c.lack),
            ('derived denominator', concat(toString(c.v2), '/100'), if(c.formula NOT IN ('ratio', 'share') OR c.lack != '', 'none', '')),
            ('derived rate', concat(toString(c.n), '/', toString(c.m)), if(c.formula IN ('ratio', 'share'), c.no_rate, 'NOT_A_PERCENTAGE')),
            ('derived coverage', if(empty(c.rolled), '1 of 1', concat(toString(arrayMin(x -> x.7, c.rolled)), ' of ', toString(s.communes))), if(c.lack != '', 'none', '')),
            ('derived change', concat(toString(c.n * b.m - b.n * c.m), '/', toString(c.m * b.m)), multiIf(
                c.year = 2015 OR c.no_rate = 'NOT_APPLICABLE' OR c.no_rate = '' AND b.no_rate = 'NOT_APPLICABLE', 'none',
                c.no_rate = 'MISSING', 'CURRENT_MISSING', c.no_rate != '', c.no_rate, b.no_rate = 'MISSING', 'BASE_MISSING', b.no_rate))
        ]) AS each
    FROM figures AS c
    INNER JOIN figures AS b ON b.name = c.name AND b.unit = c.unit AND b.year = 2015
    INNER JOIN (SELECT unit, any(expected) AS communes FROM check_figure GROUP BY unit) AS s ON s.unit = c.unit
)
WHERE each.3 != 'none'
