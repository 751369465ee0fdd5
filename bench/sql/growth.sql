-- The floor: growth of one indicator from one year to another by the units of a
-- level, ranked, as a person who knows the ledger would write it by hand. It
-- trusts that every posting is published, names no unit and adds no total.
SELECT
    bitAnd(dictGet('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, {day:UInt32}), 4294967295) AS place,
    sumIf(value, year = {base:UInt16}) AS before,
    sumIf(value, year = {year:UInt16}) AS after,
    (toFloat64(after) / toFloat64(before) - 1) * 100 AS growth
FROM posting
WHERE indicator = {indicator:String} AND year IN ({base:UInt16}, {year:UInt16}) AND breakdown = ''
GROUP BY place
HAVING place != 0
ORDER BY growth DESC
