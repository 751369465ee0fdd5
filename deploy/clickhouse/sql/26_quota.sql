-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine.
CREATE QUOTA IF NOT EXISTS niengiam_people FOR INTERVAL 1 hour MAX queries = 5000, result_rows = 50000000, execution_time = 3600 TO niengiam_analyst, niengiam_reader
