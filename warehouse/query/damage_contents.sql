-- The releases whose observations and postings are not what their receipts say. It reads
-- all there is.
WITH
    stated AS (
        SELECT release AS id, count() AS rows, sum(cityHash64(
            indicator, year, unit, breakdown, published, release,
            isNull(value), assumeNotNull(value), isNull(denominator), assumeNotNull(denominator), status, note, citation,
            file, sheet, line, column, since, approximation)) AS hash
        FROM observation GROUP BY release
    ),
    posted AS (
        SELECT loaded AS id, count() AS rows, sum(cityHash64(
            indicator, year, unit, breakdown, position, loaded, sign, value, denominator, tally, flaws, doubts, approximations)) AS hash
        FROM posting GROUP BY loaded
    )
SELECT 'release', toString(receipts.release), toUInt64(0)
FROM (SELECT * FROM receipt LIMIT 1 BY release) AS receipts
LEFT JOIN stated ON stated.id = receipts.release
LEFT JOIN posted ON posted.id = receipts.release
WHERE stated.rows != observations OR posted.rows != postings OR stated.hash + posted.hash != checksum
ORDER BY receipts.release
SETTINGS max_execution_time = 0, max_rows_to_read = 0, max_threads = 1
