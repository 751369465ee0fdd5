-- What is lost: the releases that have a receipt and are not there, the tables that have
-- fewer rows than the receipts say, and the parts that ClickHouse could not read and set
-- aside. It costs no more where more is loaded: rows are counted by parts.
WITH receipts AS (SELECT * FROM receipt LIMIT 1 BY release)
SELECT 'release', toString(release), toUInt64(1) FROM receipts WHERE release NOT IN (SELECT id FROM release)
UNION ALL
SELECT table, '', toUInt64(expected - there)
FROM (
    SELECT 'observation' AS table, (SELECT sum(observations) FROM receipts) AS expected, (SELECT count() FROM observation) AS there
    UNION ALL SELECT 'posting', (SELECT sum(postings) FROM receipts), (SELECT count() FROM posting)
    UNION ALL SELECT 'finding', (SELECT sum(findings) FROM receipts), (SELECT count() FROM finding)
    UNION ALL SELECT 'unit_key', (SELECT max(units) FROM receipts), (SELECT count() FROM unit_key)
)
WHERE there < expected
