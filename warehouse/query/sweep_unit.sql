-- Removes the units of catalogues before the present one.
ALTER TABLE unit DELETE WHERE catalogue < (SELECT max(number) FROM catalogue) SETTINGS mutations_sync = 1
