-- What would disturb a measurement: merges and mutations under way.
SELECT count() FROM system.merges
