-- Leaves the tables of a database as its migrations made them; moving never has rows.
TRUNCATE TABLES FROM {database} NOT LIKE 'm%'
