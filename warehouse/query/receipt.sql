-- Notes what some releases hold, of those that are visible and have no receipt.
INSERT INTO receipt (release, observations, postings, findings, units, checksum)
WITH
    stated AS (
        SELECT release AS id, count() AS rows, sum(cityHash64(
            indicator, year, unit, breakdown, published, release,
            isNull(value), assumeNotNull(value), isNull(denominator), assumeNotNull(denominator), status, note, citation,
            file, sheet, line, column, since, approximation)) AS hash
        FROM observation WHERE release IN {releases:Array(UInt32)} GROUP BY release
    ),
    posted AS (
        SELECT loaded AS id, count() AS rows, sum(cityHash64(
            indicator, year, unit, breakdown, position, loaded, sign, value, denominator, tally, flaws, doubts, approximations)) AS hash
        FROM posting WHERE loaded IN {releases:Array(UInt32)} GROUP BY loaded
    ),
    found AS (SELECT release AS id, count() AS rows FROM finding WHERE release IN {releases:Array(UInt32)} GROUP BY release)
SELECT id, stated.rows, posted.rows, found.rows, (SELECT count() FROM unit_key), stated.hash + posted.hash
FROM (SELECT arrayJoin({releases:Array(UInt32)}) AS id) AS given
LEFT JOIN stated USING id
LEFT JOIN posted USING id
LEFT JOIN found USING id
WHERE id IN (SELECT id FROM release) AND id NOT IN (SELECT release FROM receipt)
SETTINGS max_execution_time = 0, max_rows_to_read = 0
