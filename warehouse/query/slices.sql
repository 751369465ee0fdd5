-- The facts of some indicators and years, summed to the units of one level on 31
-- December of each year: the deepest level that is asked for. The program adds
-- them up to the levels above, which are few additions; a second lookup and a
-- second group for each fact cost more. Place is the level of the facts × 2^32 +
-- the unit's key; a fact that does not lie within a unit of the level, as those
-- of the units above it, is a row of its own unit, whose level the program knows.
-- The order of the key (indicator, year, unit) makes it one range of rows for
-- each indicator and year. The columns at the end are stats.Sum.Reporters, Latest and Approximations. What is
-- weighted is in slices_mean.sql.
-- The key has chosen the rows: what else is asked of them keeps nearly all, and a
-- PREWHERE would only read the columns in more steps (8 % of the whole). The present
-- is the last position that there can be: then none is compared.
-- What a plan could use and a table of ours has not (indexes, projections, remembered conditions) is not
-- looked for, and nothing is compiled: that costs a question by district half a millisecond of nine.
SELECT
    indicator, year, '' AS of,
    dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)), '',
    sum(tally), sum(flaws), sum(doubts), sum(reporter), max(position), sum(approximations)
FROM posting
WHERE indicator IN {indicators:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND breakdown = ''
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, place
SETTINGS optimize_move_to_prewhere = 0, compile_expressions = 0, compile_aggregate_expressions = 0,
    use_query_condition_cache = 0, optimize_use_projections = 0, use_skip_indexes = 0
