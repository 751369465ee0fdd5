-- The facts as one row each, in the order in which they are asked.
CREATE UNLOGGED TABLE fact (indicator text, year smallint, district text, value double precision)
