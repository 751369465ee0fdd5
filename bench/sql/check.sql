-- The same growth in other words: from what was observed instead of the ledger,
-- through the codes of parents instead of the dictionary. It is the answer that
-- all others must agree with; nobody measures it.
SELECT district.code, sumIf(o.value, o.year = {base:UInt16}), sumIf(o.value, o.year = {year:UInt16})
FROM observation AS o
INNER JOIN unit AS commune ON commune.key = o.unit
INNER JOIN unit AS district ON district.code = commune.parent
WHERE o.indicator = {indicator:String} AND o.year IN ({base:UInt16}, {year:UInt16})
GROUP BY district.code
ORDER BY district.code
