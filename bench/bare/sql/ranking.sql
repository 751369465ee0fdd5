SELECT d.code, d.name, f.base, f.current
FROM
(
    SELECT district, sumIf(value, year = {base:UInt16}) AS base, sumIf(value, year = {year:UInt16}) AS current
    FROM fact
    WHERE indicator = {indicator:String} AND year IN ({base:UInt16}, {year:UInt16})
    GROUP BY district
) AS f
INNER JOIN district AS d ON d.code = f.district
ORDER BY if(f.base = 0, 0, f.current / f.base) DESC
