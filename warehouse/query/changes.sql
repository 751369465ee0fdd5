-- The cells that a release added or revised: what its own postings put in and
-- took back at its position.
SELECT
    o.indicator, o.unit, o.year, breakdown,
    p.new, p.new_known, p.new_denominator, p.new_whole,
    p.old, p.old_known, p.old_denominator, p.old_whole,
    o.file, o.sheet, o.line, o.column, o.note, o.citation
FROM
(
    SELECT
        indicator, year, unit, breakdown,
        sumIf(value, sign > 0) AS new, sumIf(-value, sign < 0) AS old,
        sumIf(denominator, sign > 0) AS new_denominator, sumIf(-denominator, sign < 0) AS old_denominator,
        countIf(sign > 0 AND bitTest(abs(tally), 0)) > 0 AS new_known,
        countIf(sign < 0 AND bitTest(abs(tally), 0)) > 0 AS old_known,
        new_known AND countIf(sign > 0 AND bitTest(abs(tally), 21)) = 0 AS new_whole,
        old_known AND countIf(sign < 0 AND bitTest(abs(tally), 21)) = 0 AS old_whole
    FROM posting
    WHERE loaded = {release:UInt32} AND bitAnd(position, 4294967295) = {release:UInt32}
    GROUP BY indicator, year, unit, breakdown
) AS p
INNER JOIN
(
    SELECT indicator, year, unit, breakdown, file, sheet, line, column, note, citation
    FROM observation
    WHERE release = {release:UInt32} AND release IN (SELECT id FROM release)
) AS o USING (indicator, year, unit, breakdown)
ORDER BY o.indicator, o.year, o.unit, breakdown
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
