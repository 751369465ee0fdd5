-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine,
-- and the same grant is tried in users.d/niengiam.xml.
GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE DICTIONARY, DROP VIEW ON niengiam.* TO niengiam_program_role
