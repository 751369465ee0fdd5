-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine,
-- and the same grant is tried in users.d/niengiam.xml.
GRANT TABLE ENGINE ON MergeTree, TABLE ENGINE ON Null, TABLE ENGINE ON KeeperMap, ALTER UPDATE ON niengiam.lease TO niengiam_program_role
