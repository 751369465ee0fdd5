-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine,
-- and the same grant is tried in users.d/niengiam.xml.
GRANT SELECT ON niengiam.published_indicator TO niengiam_reader_role
