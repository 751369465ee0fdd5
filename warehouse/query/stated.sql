-- The indicators and years of which some releases say something.
SELECT arraySort(groupUniqArray(indicator)), arraySort(groupUniqArray(year))
FROM observation
WHERE release IN {releases:Array(UInt32)} AND release IN (SELECT id FROM release)
