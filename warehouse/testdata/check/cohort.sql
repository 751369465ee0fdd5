-- Every third commune taken as one, and the others (numbers.md, section 5): sums, ratios
-- of sums and means of sums, withheld under two thirds of the units, and their change from 2015.
WITH
    sides AS
    (
        SELECT
            indicator, year, if(toUInt16OrZero(substring(unit, 2)) % 3 = 0, 'inside', 'outside') AS side, any(check_figure.kind) AS kind,
            countIf(lack = '') AS covered, count() AS expected, sumIf(check_figure.n, lack = '') AS n,
            if(kind IN ('count', 'amount'), 100, sumIf(check_figure.m, lack = '')) AS m, if(covered * 3 < expected * 2, 'COVERAGE_LOW', '') AS low
        FROM check_figure
        WHERE level = 'commune' AND indicator LIKE '%-1'
        GROUP BY indicator, year, side
    )
SELECT each.1, c.indicator, c.side, c.year, each.2
FROM sides AS c INNER JOIN sides AS b ON b.indicator = c.indicator AND b.side = c.side AND b.year = 2015 AND c.year != 2015
ARRAY JOIN [
    ('side', if(c.low != '', c.low, concat(toString(c.n), '/', toString(c.m)))),
    ('side in the base year', if(b.low != '', b.low, concat(toString(b.n), '/', toString(b.m)))),
    ('coverage of the side', concat(toString(c.covered), ' of ', toString(c.expected))),
    ('change of the side', multiIf(c.low != '', c.low, b.low != '', b.low, concat(toString(c.n * b.m - b.n * c.m), '/', toString(c.m * b.m))))] AS each
