-- As slices.sql, from sums that were made when the facts were published: a row for each indicator, year and
-- release, whose places and sums stand one after the other in it, and which the program adds up. Nothing is looked
-- up and nothing grouped: nearly all that it costs is the plan. So the program says, too, which of the few rows
-- are visible and since when: to ask that here costs a tenth of the statement. The threads that read files ahead
-- are of no use for two small pieces of one file.
SELECT indicator, year, position, loaded, place, value, denominator, tally, flaws, doubts, reporter, approximations
FROM rollup_series
WHERE generation = {generation:UInt64}
    AND level = {level:UInt8}
    AND indicator IN {indicators:Array(String)}
    AND year IN {years:Array(UInt16)}
SETTINGS optimize_move_to_prewhere = 0, compile_expressions = 0, use_query_condition_cache = 0,
    optimize_use_projections = 0, use_skip_indexes = 0, max_threads = 1, local_filesystem_read_method = 'pread'
