-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine.
CREATE SETTINGS PROFILE IF NOT EXISTS niengiam_reader SETTINGS
    readonly = 1, allow_ddl = 0, allow_introspection_functions = 0, max_memory_usage = 4000000000, max_memory_usage_for_user = 8000000000,
    max_execution_time = 60 MIN 1 MAX 70 CHANGEABLE_IN_READONLY, max_rows_to_read = 2000000000, max_result_rows = 1000000,
    max_concurrent_queries_for_user = 8
