-- The cells that a release added, revised or took back: what its own postings of a
-- cell put in and took back where they begin, which is at its position unless the
-- cell had the same figure there. Place, note and citation are those of its own
-- observation or, where it withdraws or restores another release, of that one's.
WITH
    multiIf(
        bitTest(abs(tally), 42), 'A', bitTest(abs(flaws), 0), 'M', bitTest(abs(flaws), 21), 'C',
        bitTest(abs(flaws), 42), 'B', bitTest(abs(doubts), 0), 'E', bitTest(abs(doubts), 21), 'P', '') AS status
SELECT
    o.indicator, o.unit, o.year, breakdown,
    p.new, p.new_denominator, p.new_whole, p.new_status,
    p.old, p.old_denominator, p.old_whole, p.old_status,
    o.file, o.sheet, o.line, o.column, o.note, o.citation
FROM
(
    SELECT
        indicator, year, unit, breakdown,
        sumIf(value, sign > 0) AS new, sumIf(-value, sign < 0) AS old,
        sumIf(denominator, sign > 0) AS new_denominator, sumIf(-denominator, sign < 0) AS old_denominator,
        countIf(sign > 0 AND bitTest(abs(tally), 21)) = 0 AS new_whole,
        countIf(sign < 0 AND bitTest(abs(tally), 21)) = 0 AS old_whole,
        anyIf(status, sign > 0) AS new_status, anyIf(status, sign < 0) AS old_status
    FROM
    (
        SELECT *, min(position) OVER (PARTITION BY indicator, year, unit, breakdown) AS first
        FROM posting
        WHERE loaded = {release:UInt32}
    )
    WHERE position = first
    GROUP BY indicator, year, unit, breakdown
) AS p
INNER JOIN
(
    SELECT indicator, year, unit, breakdown, file, sheet, line, column, note, citation
    FROM observation
    WHERE release = {stated:UInt32} AND release IN (SELECT id FROM release)
) AS o USING (indicator, year, unit, breakdown)
WHERE {release:UInt32} IN (SELECT id FROM release)
ORDER BY o.indicator, o.year, o.unit, breakdown
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
