-- When a number was claimed.
SELECT claimed FROM claim WHERE first <= {number:UInt32} ORDER BY first DESC LIMIT 1
