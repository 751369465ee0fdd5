-- Counts the cells of the releases that were not counted for a catalogue, as long as the
-- dictionary is that of the catalogue.
INSERT INTO holding (catalogue, release, indicator, year, breakdown, level, cells, since, reversals, reversed_since)
SELECT
    {catalogue:UInt32}, loaded, indicator, year, breakdown,
    bitShiftRight(dictGet('hierarchy', 'place', toUInt64(unit) * 32 + 31, toUInt32(20000101)), 32) AS level,
    sum(sign), min(position), countIf(sign < 0), minIf(position, sign < 0)
FROM posting
WHERE loaded <= {head:UInt32}
    AND loaded IN
    (
        SELECT id FROM release
        WHERE id <= {head:UInt32} AND id NOT IN (SELECT release FROM holding WHERE catalogue = {catalogue:UInt32} AND indicator = '')
    )
    AND dictHas('hierarchy', toUInt64(unit) * 32 + 31, toUInt32(20000101))
    AND dictGet('hierarchy', 'place', toUInt64(0), toUInt32(20000101)) = {catalogue:UInt32}
GROUP BY loaded, indicator, year, breakdown, level
SETTINGS max_execution_time = 0, max_rows_to_read = 0
