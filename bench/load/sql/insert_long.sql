-- The engine alone takes a long file.
INSERT INTO {table:Identifier} (code, year, indicator, value)
SELECT code, year, indicator, value
FROM file({file:String}, {format:String}, 'code String, year UInt16, indicator String, value Decimal(38, 10)')
