-- All that a question reads stands in the index.
CREATE INDEX ON fact (indicator, year) INCLUDE (district, value)
