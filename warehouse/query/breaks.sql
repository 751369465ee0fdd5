-- The postings with status B of the releases after one and up to another: flaws
-- counts them from its 43rd bit on, signed.
SELECT indicator, unit, year, breakdown, toInt8(intDiv(flaws, 4398046511104)) AS sign, position, loaded
FROM posting
WHERE loaded > {after:UInt32} AND loaded <= {head:UInt32} AND loaded IN (SELECT id FROM release)
    AND abs(flaws) >= 4398046511104
ORDER BY loaded, indicator, year, unit, position, sign
