-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine.
CREATE ROLE IF NOT EXISTS niengiam_analyst_role SETTINGS PROFILE 'niengiam_analyst'
