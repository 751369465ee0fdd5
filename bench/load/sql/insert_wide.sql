-- The engine alone takes a wide file: the columns of years become rows.
INSERT INTO {table:Identifier} (indicator, code, year, value)
SELECT indicator, code, year.1, year.2
FROM file({file:String}, 'CSVWithNames', 'indicator String, code String, y2005 Decimal(38, 10), y2006 Decimal(38, 10), y2007 Decimal(38, 10), y2008 Decimal(38, 10), y2009 Decimal(38, 10), y2010 Decimal(38, 10), y2011 Decimal(38, 10), y2012 Decimal(38, 10), y2013 Decimal(38, 10), y2014 Decimal(38, 10), y2015 Decimal(38, 10), y2016 Decimal(38, 10), y2017 Decimal(38, 10), y2018 Decimal(38, 10), y2019 Decimal(38, 10), y2020 Decimal(38, 10), y2021 Decimal(38, 10), y2022 Decimal(38, 10), y2023 Decimal(38, 10), y2024 Decimal(38, 10)')
ARRAY JOIN arrayZip(
    arrayMap(i -> toUInt16(2005 + i), range(20)),
    [y2005, y2006, y2007, y2008, y2009, y2010, y2011, y2012, y2013, y2014, y2015, y2016, y2017, y2018, y2019, y2020, y2021, y2022, y2023, y2024]) AS year
SETTINGS input_format_with_names_use_header = 0
