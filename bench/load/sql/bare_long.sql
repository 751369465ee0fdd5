-- A bare table with the columns of the long file.
CREATE TABLE {table:Identifier} (code String, year UInt16, indicator String, value Decimal(38, 10))
ENGINE = MergeTree ORDER BY (indicator, year, code)
