-- How many inserts into this database have not ended yet.
SELECT count() FROM system.processes WHERE current_database = currentDatabase() AND query_kind = 'Insert'
