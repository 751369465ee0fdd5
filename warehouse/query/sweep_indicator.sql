-- Removes the indicators of catalogues before the present one.
ALTER TABLE indicator DELETE WHERE catalogue < (SELECT max(number) FROM catalogue) SETTINGS mutations_sync = 1
