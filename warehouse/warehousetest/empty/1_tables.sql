-- Leaves the tables of a database as its migrations made them.
TRUNCATE TABLES FROM {database} NOT LIKE 'migration'
