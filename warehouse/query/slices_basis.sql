-- As slices_member.sql and slices_member_mean.sql, for facts that were stated on the units
-- of another day than the last of their year: the day stands before their members, as
-- @2020-07-01;sex=female, and they are summed on the units of that day. There are few.
SELECT
    indicator, year, toString(breakdown) AS of,
    dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8},
        toUInt32(replaceAll(substring(toString(breakdown), 2, 10), '-', '')), toUInt64(unit)) AS place,
    reinterpretAsFixedString(sum(value)), reinterpretAsFixedString(sum(denominator)),
    if(indicator IN {stated_means:Array(String)}, toString(sum(toDecimal256(value, 10) * denominator * sign)), ''),
    sum(tally), sum(flaws), sum(doubts), sum(reporter), max(position), sum(approximations)
FROM posting
WHERE indicator IN {stated:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND breakdown IN {stated_breakdowns:Array(String)}
    AND ({position:UInt64} = 18446744073709551615 OR position <= {position:UInt64})
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, breakdown, place
