-- The decisions of some registers up to a year, by unit; place is the unit's
-- key. Which decision is in force in a year, and for whom, depends on the unit's
-- kind in that year: the program knows. The lowest bit of flaws says whether a
-- posting is one of status M, whose unit is not a reporter.
SELECT
    indicator, year, '' AS of, toUInt64(unit),
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)), '',
    sum(tally), sum(flaws), sum(doubts), sum(bitAnd(flaws, 1) * sign * reinterpretAsInt64(intHash64(unit))), max(position), sum(approximations)
FROM posting
WHERE indicator IN {registers:Array(String)}
    AND year <= {last:UInt16}
    AND breakdown = ''
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, unit
SETTINGS optimize_move_to_prewhere = 0
