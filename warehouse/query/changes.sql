-- The cells that each of some releases added, revised or took back: what its own postings
-- of a cell put in and took back where they begin, which is at its position unless the
-- cell had the same figure there. Place, note and citation are those of its own
-- observation or, where it withdraws or restores another release, of that one's, which
-- stands at the same place of the list stated.
WITH
    multiIf(
        bitTest(abs(tally), 42), 'A', bitTest(abs(flaws), 0), 'M', bitTest(abs(flaws), 21), 'C',
        bitTest(abs(flaws), 42), 'B', bitTest(abs(doubts), 0), 'E', bitTest(abs(doubts), 21), 'P', '') AS status
SELECT
    p.loaded, o.indicator, o.unit, o.year, breakdown,
    p.new, p.new_denominator, p.new_whole, p.new_status,
    p.old, p.old_denominator, p.old_whole, p.old_status,
    o.file, o.sheet, o.line, o.column, o.note, o.citation
FROM
(
    SELECT
        loaded, indicator, year, unit, breakdown,
        transform(loaded, {releases:Array(UInt32)}, {stated:Array(UInt32)}) AS release,
        sumIf(value, sign > 0) AS new, sumIf(-value, sign < 0) AS old,
        sumIf(denominator, sign > 0) AS new_denominator, sumIf(-denominator, sign < 0) AS old_denominator,
        countIf(sign > 0 AND bitTest(abs(tally), 21)) = 0 AS new_whole,
        countIf(sign < 0 AND bitTest(abs(tally), 21)) = 0 AS old_whole,
        anyIf(status, sign > 0) AS new_status, anyIf(status, sign < 0) AS old_status
    FROM
    (
        SELECT *, min(position) OVER (PARTITION BY loaded, indicator, year, unit, breakdown) AS first
        FROM posting
        WHERE loaded IN {releases:Array(UInt32)} AND loaded IN (SELECT id FROM release)
    )
    WHERE position = first
    GROUP BY loaded, indicator, year, unit, breakdown
) AS p
INNER JOIN
(
    SELECT release, indicator, year, unit, breakdown, file, sheet, line, column, note, citation
    FROM observation
    WHERE release IN {stated:Array(UInt32)} AND release IN (SELECT id FROM release)
) AS o USING (release, indicator, year, unit, breakdown)
ORDER BY p.loaded, o.indicator, o.year, o.unit, breakdown
LIMIT {limit:UInt64} OFFSET {offset:UInt64} BY p.loaded
