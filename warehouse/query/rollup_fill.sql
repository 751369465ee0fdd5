-- Sums the postings of some releases to the places of a level: place is that of slices.sql. Of other releases
-- only the column loaded is read. The sums of an indicator and year go into one row, by place.
INSERT INTO rollup_series
WITH
    arraySort(row -> row.1, groupArray((place, values, denominators, tallies, flawed, doubtful, reporters, approximate))) AS rows
SELECT
    {generation:UInt64}, {level:UInt8}, indicator, year, position, loaded,
    reinterpret(rows.1, 'String'),
    if(arrayAll(sum -> sum = 0, rows.2), '', reinterpret(rows.2, 'String')),
    if(arrayAll(sum -> sum = 0, rows.3), '', reinterpret(rows.3, 'String')),
    if(arrayAll(sum -> sum = 0, rows.4), '', reinterpret(rows.4, 'String')),
    if(arrayAll(sum -> sum = 0, rows.5), '', reinterpret(rows.5, 'String')),
    if(arrayAll(sum -> sum = 0, rows.6), '', reinterpret(rows.6, 'String')),
    if(arrayAll(sum -> sum = 0, rows.7), '', reinterpret(rows.7, 'String')),
    if(arrayAll(sum -> sum = 0, rows.8), '', reinterpret(rows.8, 'String'))
FROM
(
    SELECT
        indicator, year,
        dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
        position, loaded, sum(value) AS values, sum(denominator) AS denominators, sum(tally) AS tallies, sum(flaws) AS flawed,
        sum(doubts) AS doubtful, sum(reporter) AS reporters, sum(approximations) AS approximate
    FROM posting
    PREWHERE loaded IN {releases:Array(UInt32)}
    WHERE breakdown = ''
    GROUP BY indicator, year, place, position, loaded
)
GROUP BY indicator, year, position, loaded
SETTINGS max_execution_time = 0, max_rows_to_read = 0
