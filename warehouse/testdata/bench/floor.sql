-- What any statement costs.
SELECT 1
