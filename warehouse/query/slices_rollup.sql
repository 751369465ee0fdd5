-- As slices.sql, from sums that were made when the facts were published: a row for each place and release
-- in place of one for each fact, and nothing is looked up. The plan is most of what it costs.
SELECT
    indicator, year, '' AS of, place,
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)), '',
    sum(tally), sum(flaws), sum(doubts), sum(reporter), max(position), sum(approximations)
FROM rollup
WHERE generation = {generation:UInt64}
    AND level = {rolled_level:UInt8}
    AND indicator IN {rolled:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, place
SETTINGS optimize_move_to_prewhere = 0, compile_expressions = 0, compile_aggregate_expressions = 0,
    use_query_condition_cache = 0, optimize_use_projections = 0, use_skip_indexes = 0, max_threads = 1
