-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine.
CREATE SETTINGS PROFILE IF NOT EXISTS niengiam_program SETTINGS
    max_memory_usage = 16000000000, max_bytes_before_external_group_by = 4000000000, max_bytes_before_external_sort = 4000000000,
    max_execution_time = 60, max_rows_to_read = 2000000000
