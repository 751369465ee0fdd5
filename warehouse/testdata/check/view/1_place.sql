-- The units of all years, each with those above it: a1 right above, then a2 and a3.
CREATE OR REPLACE TABLE check_place ENGINE = Memory AS
WITH then AS (SELECT key, code, level, parent FROM unit WHERE valid_from = 0)
SELECT u.key AS key, u.code AS unit, u.level AS level, u.parent AS a1, p.parent AS a2, g.parent AS a3
FROM then AS u
LEFT JOIN then AS p ON p.code = u.parent
LEFT JOIN then AS g ON g.code = p.parent
