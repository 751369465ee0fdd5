-- What units are ranked by, p ÷ q, with the side that is best (numbers.md, section 4):
-- the figure, its change from 2015 or the gap to a target. never are those that
-- could have none whatever is missing. place orders them: p ÷ q to 40 digits, in
-- which fractions of these sizes differ. least and most are the ends of the scale, × 100.
CREATE OR REPLACE TABLE check_measure ENGINE = Memory AS
WITH
    breaks AS (SELECT indicator, unit, groupArrayIf(year, broken) AS years FROM check_figure GROUP BY indicator, unit),
    pairs AS
    (
        SELECT
            c.indicator AS indicator, c.unit AS unit, c.level AS level, c.year AS year, c.kind AS kind, c.n AS n1, c.m AS m1, b.n AS n0, b.m AS m0, c.q AS q1, c.r AS r1, b.q AS q0, b.r AS r0,
            arrayExists(y -> y > least(c.year, 2015) AND y <= greatest(c.year, 2015), breaks.years) AS broken,
            multiIf(broken, 'NOT_COMPARABLE', c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack,
            b.lack = '' AND b.q <= 0 AS no_base
        FROM check_figure AS c
        INNER JOIN check_figure AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015
        INNER JOIN breaks ON breaks.indicator = c.indicator AND breaks.unit = c.unit
        WHERE c.asked AND c.year % 3 = 2 AND c.level != 'country' AND (c.indicator LIKE '%-1' OR c.indicator LIKE '%-2' OR c.indicator = 'count-5')
    ),
    [toInt256(0), toInt256(10000)] AS percent
SELECT
    *, if(lack = '', intDivOrZero(p * toInt256('10000000000000000000000000000000000000000'), q), 0) * if(lowest, 1, -1) AS place
FROM
(
    SELECT
        'VALUE' AS by, indicator, unit, level, year, kind, n AS p, m AS q, lack, false AS never, kind = 'count' AS lowest, fv AS v,
        multiIf(kind = 'attainment', percent, kind = 'count', [toInt256(0)], []) AS ends
    FROM check_figure
    WHERE level != 'country' AND asked
    UNION ALL
    SELECT
        o.1, indicator, unit, level, year, kind, o.2, o.3, multiIf(lack != '', lack, o.1 = 'PERCENT' AND q0 = 0, 'BASE_ZERO', o.1 = 'PERCENT' AND q0 < 0, 'BASE_NEGATIVE', ''),
        broken OR o.1 = 'PERCENT' AND no_base, kind = 'count', 0, []
    FROM pairs ARRAY JOIN [
        ('ABSOLUTE', q1 * r0 - q0 * r1, r0 * r1), ('PERCENT', (q1 * r0 - q0 * r1) * 100, q0 * r1), ('POINTS', n1 * m0 - n0 * m1, m0 * m1)] AS o
    WHERE o.1 != 'POINTS' OR kind IN ('ratio', 'attainment')
    UNION ALL
    SELECT
        'GAP', indicator, unit, level, year, kind, gap_p, gap_q, lack, never, at_most, 0,
        arrayMap(e -> e - number, multiIf(is_change, [], kind = 'attainment', percent, kind = 'count', [toInt256(0)], []))
    FROM check_aim
    WHERE year % 3 = 2 AND level != 'country' AND aim != 'aim-3'
)
