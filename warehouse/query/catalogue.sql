-- The definitions of a number.
SELECT checksum, document FROM catalogue WHERE number = {number:UInt32} LIMIT 1
