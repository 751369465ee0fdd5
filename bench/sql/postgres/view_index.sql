CREATE INDEX ON district_growth (indicator, year, rank)
