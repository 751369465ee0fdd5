-- The levels that are worth a roll-up: those that have, below them, at least so many units with facts for
-- each of theirs. A level of which the units report themselves would only be a copy of the postings.
WITH counted AS
(
    SELECT
        toUInt8(bitShiftRight(place, 32)) AS level, count() AS units,
        countIf(toUInt32(bitAnd(place, 4294967295)) IN (SELECT DISTINCT unit FROM posting WHERE breakdown = '')) AS stated
    FROM place
    WHERE catalogue = {catalogue:UInt32} AND id % 32 = 31
    GROUP BY level
)
SELECT arraySort(groupUniqArray(upper.level))
FROM counted AS upper, counted AS lower
WHERE lower.level > upper.level AND lower.stated > 0 AND lower.stated >= upper.units * {ratio:UInt64}
SETTINGS max_execution_time = 0, max_rows_to_read = 0
