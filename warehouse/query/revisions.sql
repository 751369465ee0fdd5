-- The cells that had a figure in one view and have another one, or none, in a
-- later one: the sums over the postings of each view, of the cells of which some
-- posting is in one view alone. total counts all of them.
WITH
    loaded <= {then_head:UInt32} AND position <= {then_position:UInt64} AS was,
    loaded <= {now_head:UInt32} AND position <= {now_position:UInt64} AS is
SELECT
    indicator, unit, year, breakdown,
    reinterpretAsFixedString(sumIf(value, is)) AS new, reinterpretAsFixedString(sumIf(denominator, is)) AS new_denominator,
    sumIf(tally, is) AS new_tally, sumIf(flaws, is) AS new_flaws, sumIf(doubts, is) AS new_doubts,
    reinterpretAsFixedString(sumIf(value, was)) AS old, reinterpretAsFixedString(sumIf(denominator, was)) AS old_denominator,
    sumIf(tally, was) AS old_tally, sumIf(flaws, was) AS old_flaws, sumIf(doubts, was) AS old_doubts,
    maxIf(loaded, is AND NOT was) AS by,
    count() OVER () AS total
FROM posting
WHERE loaded NOT IN {unpublished:Array(UInt32)} AND loaded <= {now_head:UInt32}
    AND ({indicator:String} = '' OR indicator = {indicator:String})
GROUP BY indicator, unit, year, breakdown
HAVING countIf(is != was) > 0 AND (old_tally != 0 OR old_flaws != 0 OR old_doubts != 0)
    AND (new, new_denominator, new_tally, new_flaws, new_doubts, sumIf(approximations, is))
        != (old, old_denominator, old_tally, old_flaws, old_doubts, sumIf(approximations, was))
ORDER BY indicator, year, unit, breakdown
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
