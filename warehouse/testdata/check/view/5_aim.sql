-- Targets as they were set: at most or at least number ÷ 100, of the value, the
-- rate or the change from the year before (until base is given: to be reached by the
-- last of the years); and what is held against them, p ÷ q (numbers.md, section 5).
CREATE OR REPLACE TABLE check_aim ENGINE = Memory AS
WITH aims AS
(
    SELECT t.1 AS aim, t.2 AS indicator, t.3 AS on, t.4 AS at_most, toInt256(t.5) AS number, t.6 AS base, t.7 AS first, t.8 AS last
    FROM (SELECT arrayJoin([
        ('aim-1', 'count-1', 'value', true, 4500, 0, 0, 9999),
        ('aim-2', 'ratio-1', 'rate', false, 5000, 0, 2013, 2018),
        ('aim-3', 'count-1', 'percent', true, -500, 0, 0, 9999),
        ('aim-4', 'amount-1', 'absolute', false, 150, 0, 0, 9999),
        ('aim-5', 'attainment-1', 'rate', false, 6000, 2012, 2013, 2018),
        ('aim-6', 'mean-1', 'value', true, 1450, 2011, 2012, 2020)]) AS t)
)
SELECT
    aim, a.indicator AS indicator, on, at_most, number, base, first, last, c.unit AS unit, c.level AS level, c.kind AS kind, c.year AS year, on IN ('percent', 'absolute') AS is_change,
    multiIf(on = 'absolute', c.n * b.m - b.n * c.m, on = 'percent', (c.n * b.m - b.n * c.m) * 100 * sign(b.n), c.n) AS p,
    multiIf(on = 'absolute', c.m * b.m, on = 'percent', abs(b.n) * c.m, c.m) AS q,
    multiIf(
        c.lack = 'MISSING' AND is_change, 'CURRENT_MISSING', c.lack != '', c.lack,
        NOT is_change, '', b.unit = '' OR b.lack = 'MISSING', 'BASE_MISSING', b.lack != '', b.lack,
        on = 'percent' AND b.n = 0, 'BASE_ZERO', on = 'percent' AND b.n < 0, 'BASE_NEGATIVE', '') AS lack,
    is_change AND on = 'percent' AND b.unit != '' AND b.lack = '' AND b.n <= 0 AS never,
    100 * p - number * q AS gap_p, 100 * q AS gap_q
FROM aims AS a
INNER JOIN check_figure AS c ON c.indicator = a.indicator
LEFT JOIN check_figure AS b ON b.indicator = a.indicator AND b.unit = c.unit AND b.year = c.year - 1
