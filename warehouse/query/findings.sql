-- The findings of the visible releases after one and up to another.
SELECT
    code, release, indicator, unit_code, unit, year, breakdown, used, other, used_citation, other_citation,
    file, sheet, line, column, derivation, severity, rule, value, measured, cells
FROM finding
WHERE release > {after:UInt32} AND release <= {head:UInt32} AND release IN (SELECT id FROM release)
ORDER BY release, place
LIMIT 1 BY release, place
