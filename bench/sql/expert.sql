-- The floor: the same columns from sums that lie ready, by one thread, which is the
-- fastest for so few rows.
SELECT
    code,
    any(name) AS name,
    sumIf(value, year = {base:UInt16}) AS before,
    sumIf(value, year = {year:UInt16}) AS after,
    after - before AS absolute,
    (toFloat64(after) / toFloat64(before) - 1) * 100 AS percent
FROM bench.expert
WHERE indicator = {indicator:String} AND year IN ({base:UInt16}, {year:UInt16})
GROUP BY code
ORDER BY multiIf({order:String} = 'VALUE', toFloat64(after), {order:String} = 'ABSOLUTE', toFloat64(absolute), percent) DESC
SETTINGS max_threads = 1, optimize_move_to_prewhere = 0, use_query_condition_cache = 0
