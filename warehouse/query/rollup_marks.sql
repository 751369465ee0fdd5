-- Marks releases as held by a generation, if the dictionary is that of the catalogue still and each of the
-- levels has of each release the sums that its postings have. The fingerprints of the reporters are among
-- them: they tell who reported. What was not summed, or twice, is not marked.
INSERT INTO rollup_mark (generation, hierarchy, levels, release)
WITH
    (
        SELECT arraySort(groupArray(sums)) FROM
        (
            SELECT (loaded, sum(value), sum(denominator), sum(tally), sum(flaws), sum(doubts), sum(reporter), sum(approximations), max(position)) AS sums
            FROM posting PREWHERE loaded IN {releases:Array(UInt32)} WHERE breakdown = '' GROUP BY loaded
        )
    ) AS posted,
    (
        SELECT arraySort(groupArray((level, held))) FROM
        (
            SELECT level, arraySort(groupArray(sums)) AS held FROM
            (
                SELECT level, (loaded, sum(arraySum(reinterpret(value, 'Array(Decimal(38, 10))'))), sum(arraySum(reinterpret(denominator, 'Array(Decimal(38, 10))'))),
                    sum(arraySum(reinterpret(tally, 'Array(Int64)'))), sum(arraySum(reinterpret(flaws, 'Array(Int64)'))), sum(arraySum(reinterpret(doubts, 'Array(Int64)'))),
                    sum(arraySum(reinterpret(reporter, 'Array(Int64)'))), sum(arraySum(reinterpret(approximations, 'Array(Int64)'))), max(position)) AS sums
                FROM rollup_series WHERE generation = {generation:UInt64} AND loaded IN {releases:Array(UInt32)} GROUP BY level, loaded
            )
            GROUP BY level
        )
    ) AS summed,
    assumeNotNull((SELECT sum(cityHash64(id, since, until, place)) FROM place WHERE catalogue = {catalogue:UInt32} AND id > 0)) AS places
SELECT
    {generation:UInt64}, places,
    {levels:Array(UInt8)},
    arrayJoin({releases:Array(UInt32)})
WHERE places > 0 AND summed = arrayMap(level -> (level, posted), if(empty(posted), emptyArrayUInt8(), {levels:Array(UInt8)}))
    AND dictGet('hierarchy', 'place', toUInt64(0), toUInt32(20000101)) = {catalogue:UInt32}
SETTINGS max_execution_time = 0, max_rows_to_read = 0
