-- Lets the dictionary follow the emptied tables: it says of which catalogue it is, and
-- a catalogue of the same number would not be loaded.
SYSTEM RELOAD DICTIONARY {database}.hierarchy
