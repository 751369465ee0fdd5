INSERT INTO bench.district
SELECT code, name_en FROM unit
WHERE catalogue = (SELECT max(number) FROM catalogue) AND level = 'district'
