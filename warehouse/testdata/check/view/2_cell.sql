-- What was published of each cell last, in hundredths; a cell whose value is not
-- known is there and has none. A correction stands under the day that it corrects. Read from what was published (observation), not
-- from the ledger that the program sums. Members are an indicator of their own:
-- count-4[sex=female]. In the register attainment-3 a decision stays in force,
-- also one of which nothing is known, and who is not named has not met it.
CREATE OR REPLACE TABLE check_cell ENGINE = Memory AS
WITH
    last AS
    (
        SELECT
            if(breakdown = '', indicator, concat(indicator, '[', breakdown, ']')) AS series, year, unit AS key,
            argMax((value, denominator, status), (published, release)) AS o
        FROM observation
        WHERE NOT startsWith(breakdown, '@') -- what was stated on other units is told by stated.sql
        GROUP BY series, year, key
    ),
    decided AS (SELECT key, arraySort(groupArray((year, o))) AS decisions FROM last WHERE series = 'attainment-3' GROUP BY key)
SELECT
    series, year, p.unit AS unit, o.1 IS NOT NULL AS known, ifNull(toInt256(o.1 * 100), 0) AS v, ifNull(toInt256(o.2 * 100), 0) AS d, o.3 = 'B' AS broken
FROM last INNER JOIN check_place AS p ON p.key = last.key
WHERE series != 'attainment-3'
UNION ALL
SELECT
    'attainment-3', y, p.unit, empty(decisions) OR decisions[-1].2.1 IS NOT NULL,
    if(empty(decisions), 0, ifNull(toInt256(decisions[-1].2.1 * 100), 0)), toInt256(100), 0
FROM
(
    SELECT p.unit AS unit, p.key AS key, y, arrayFilter(x -> x.1 <= y, decisions) AS decisions
    FROM check_place AS p
    LEFT JOIN decided ON decided.key = p.key
    ARRAY JOIN range(2011, 2021) AS y
    WHERE p.level = 'commune'
) AS p
