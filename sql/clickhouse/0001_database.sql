-- The database of everything that Millrace keeps in ClickHouse. ClickHouse has no transactions: each statement of a
-- migration must be one that can run twice (IF NOT EXISTS), for it may be interrupted half way.
CREATE DATABASE IF NOT EXISTS millrace;
