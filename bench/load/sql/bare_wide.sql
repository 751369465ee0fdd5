-- A bare table with the facts of the wide file, one row for each.
CREATE TABLE {table:Identifier} (indicator String, code String, year UInt16, value Decimal(38, 10))
ENGINE = MergeTree ORDER BY (indicator, year, code)
