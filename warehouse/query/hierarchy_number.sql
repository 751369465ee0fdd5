-- The number of the catalogue that the dictionary was loaded from; 0 when none.
SELECT dictGet('hierarchy', 'place', toUInt64(0), toUInt32(20000101))
