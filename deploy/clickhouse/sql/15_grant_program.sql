-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine,
-- and the same grant is tried in users.d/niengiam.xml.
GRANT DROP TABLE ON niengiam._tmp_replace_* TO niengiam_program_role
