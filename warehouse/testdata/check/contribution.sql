-- What each unit adds to the change of the country (numbers.md, section 3). Of counts
-- and amounts its absolute change. Of percentages and means, with w = m ÷ M its
-- part of the country's denominator or weight and r = n ÷ m its rate, a rate effect
-- (r₁ − r₀)(w₀ + w₁) ÷ 2 and a mix effect (w₁ − w₀)((r₀ + r₁) ÷ 2 − (R₀ + R₁) ÷ 2).
-- What no unit accounts for is the change − w₁r₁ + w₀r₀ + (w₁ − w₀)(R₀ + R₁) ÷ 2
-- of all that have both figures together.
WITH
    breaks AS (SELECT indicator, unit, groupArrayIf(year, broken) AS years FROM check_figure GROUP BY indicator, unit),
    pairs AS
    (
        SELECT
            c.indicator AS indicator, c.unit AS unit, c.level AS level, c.year AS year, c.kind AS kind, c.n AS n1, c.m AS m1, b.n AS n0, b.m AS m0,
            arrayExists(y -> y > least(c.year, 2015) AND y <= greatest(c.year, 2015), breaks.years) AS broken,
            multiIf(broken, 'NOT_COMPARABLE', c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack
        FROM check_figure AS c
        INNER JOIN check_figure AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015 AND c.asked
        INNER JOIN breaks ON breaks.indicator = c.indicator AND breaks.unit = c.unit
    ),
    parts AS
    (
        SELECT
            p.indicator AS indicator, p.unit AS unit, p.level AS level, p.year AS year, p.kind IN ('ratio', 'attainment', 'mean') AS average,
            p.n1 AS n1, p.n0 AS n0, p.m1 AS m1, p.m0 AS m0, t.n1 AS N1, t.n0 AS N0, t.m1 AS M1, t.m0 AS M0, t.lack AS total_lack,
            multiIf(p.kind = 'reported', 'NOT_ADDITIVE', average AND t.lack != '', t.lack, p.lack) AS why,
            m0 * m1 * M0 * M1 AS all,
            (n1 * m0 - n0 * m1) * (m0 * M1 + m1 * M0) AS rate_effect,
            (m1 * M0 - m0 * M1) * ((n0 * m1 + n1 * m0) * M0 * M1 - (N0 * M1 + N1 * M0) * m0 * m1) AS mix_effect,
            if(average, rate_effect * M0 * M1 + mix_effect, n1 - n0) AS part, if(average, 2 * all * M0 * M1, 100) AS whole,
            N1 * M0 - N0 * M1 AS change, M0 * M1 AS of
        FROM pairs AS p INNER JOIN pairs AS t ON t.indicator = p.indicator AND t.year = p.year AND t.unit = 'C'
        WHERE p.unit != 'C'
    )
SELECT each.1, indicator, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT
        indicator, unit, year,
        arrayJoin([
            ('contribution', concat(toString(part), '/', toString(whole)), why),
            ('rate effect', concat(toString(rate_effect), '/', toString(2 * all)), if(average, why, 'NOT_APPLICABLE')),
            ('mix effect', concat(toString(mix_effect), '/', toString(2 * all * M0 * M1)), if(average, why, 'NOT_APPLICABLE')),
            ('share of the change', concat('~', toString(toFloat64(part) / toFloat64(whole) / (toFloat64(change) / toFloat64(of)) * 100)), multiIf(why != '', why, total_lack != '', total_lack, change = 0, 'NOT_APPLICABLE', ''))
        ]) AS each
    FROM parts
)
UNION ALL
SELECT
    'unexplained', indicator, level, year,
    multiIf(
        any(total_lack) != '' OR indicator LIKE 'reported%', if(indicator LIKE 'reported%', 'NOT_ADDITIVE', any(total_lack)),
        NOT any(average), concat(toString(any(change) - sumIf(n1 - n0, why = '') * 100), '/', toString(any(of))),
        concat(
            toString(2 * any(of) * any(change)
                - 2 * any(of) * (sumIf(n1, why = '') * any(M0) - sumIf(n0, why = '') * any(M1))
                + (sumIf(m1, why = '') * any(M0) - sumIf(m0, why = '') * any(M1)) * any(N0 * M1 + N1 * M0)),
            '/', toString(2 * any(of) * any(of))))
FROM parts
GROUP BY indicator, level, year
