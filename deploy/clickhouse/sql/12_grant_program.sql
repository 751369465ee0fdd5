-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine,
-- and the same grant is tried in users.d/niengiam.xml.
GRANT ALTER ADD COLUMN, ALTER MODIFY COLUMN, ALTER COMMENT COLUMN, ALTER SETTINGS, ALTER DELETE ON niengiam.* TO niengiam_program_role
