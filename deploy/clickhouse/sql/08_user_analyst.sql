-- Not tried here: run by the administrator of a ClickHouse server. Its text was parsed by the embedded engine.
-- Put the hash of a password of your own in: printf %s 'the password' | sha256sum
CREATE USER IF NOT EXISTS niengiam_analyst IDENTIFIED WITH sha256_hash BY '0000000000000000000000000000000000000000000000000000000000000000' HOST LOCAL SETTINGS PROFILE 'niengiam_analyst'
