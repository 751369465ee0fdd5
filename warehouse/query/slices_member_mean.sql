-- As slices_mean.sql, for members of dimensions.
SELECT
    indicator, year, toString(breakdown) AS of,
    dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)),
    toString(sum(toDecimal256(value, 10) * denominator * sign)), sum(tally), sum(flaws), sum(doubts), sum(reporter), max(position), sum(approximations)
FROM posting
WHERE indicator IN {parted_means:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND breakdown IN {breakdowns:Array(String)}
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, breakdown, place
