CREATE UNLOGGED TABLE district (code text PRIMARY KEY, name text NOT NULL)
