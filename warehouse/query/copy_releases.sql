-- How many releases have a receipt.
SELECT uniqExact(release) FROM receipt
