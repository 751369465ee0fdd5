-- The view of 0050 without what was stated on the units of another day, whose breakdown
-- begins with @ and that day: published_stated has it. A sum over units must not count both.
CREATE OR REPLACE VIEW published AS
SELECT
    o.indicator AS indicator, o.year AS year, u.code AS unit, u.name_vi AS name_vi, u.name_en AS name_en, u.level AS level,
    o.breakdown AS breakdown, o.value AS value, o.denominator AS denominator, o.status AS status,
    o.note AS note, o.citation AS citation, o.file AS file, o.sheet AS sheet, o.line AS line, o.column AS column,
    o.published AS published, o.release AS release
FROM {database}.observation AS o
INNER JOIN
(
    SELECT key, code, name_vi, name_en, level
    FROM {database}.unit
    WHERE catalogue = (SELECT max(number) FROM {database}.catalogue)
    ORDER BY key, valid_from DESC
    LIMIT 1 BY key
) AS u ON u.key = o.unit
WHERE o.release IN (SELECT id FROM {database}.release) AND NOT startsWith(o.breakdown, '@')
    AND o.release NOT IN
    (
        SELECT if(withdraws > 0, withdraws, restores) AS of
        FROM {database}.release
        WHERE withdraws > 0 OR restores > 0
        GROUP BY of
        HAVING argMax(withdraws > 0, (published, id))
    )
    AND o.indicator NOT IN
    (
        SELECT code FROM {database}.indicator
        WHERE catalogue = (SELECT max(number) FROM {database}.catalogue) AND confidential_below > 0
    )
