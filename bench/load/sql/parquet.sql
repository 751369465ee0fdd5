-- Writes the long file as Parquet, where the engine may write.
INSERT INTO FUNCTION file({file:String}, 'Parquet', 'code String, year UInt16, indicator String, value Decimal(38, 10)')
SELECT code, year, indicator, value
FROM file({from:String}, 'CSVWithNames', 'code String, year UInt16, indicator String, value Decimal(38, 10)')
