-- Which warehouse this database is a copy of, and whether all of it is there; no row where it
-- is no copy.
SELECT source, complete FROM copied ORDER BY complete DESC, noted DESC LIMIT 1
