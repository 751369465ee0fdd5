-- As slices.sql, for means, whose values are weighted by their denominators. The
-- ledger signs both, so that their product has lost the sign and gets it back. It
-- has 44 digits before and 20 after the point at most: nothing of it is rounded,
-- and a Decimal256 holds the sum of 10^12 of them.
SELECT
    indicator, year, '' AS of,
    dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)),
    toString(sum(toDecimal256(value, 10) * denominator * sign)), sum(tally), sum(flaws), sum(doubts), sum(reporter), max(position), sum(approximations)
FROM posting
WHERE indicator IN {means:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND breakdown = ''
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, place
SETTINGS optimize_move_to_prewhere = 0
