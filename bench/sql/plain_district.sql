CREATE TABLE bench.district
(
    code String,
    name String
)
ENGINE = MergeTree
ORDER BY code
