-- A row that each capture touches from time to time: without it a quiet publication never moves its replication
-- slot, and Postgres keeps write-ahead log for ever.
CREATE SCHEMA IF NOT EXISTS millrace;

CREATE TABLE IF NOT EXISTS millrace.heartbeat (
    pipeline text PRIMARY KEY,
    beat_at timestamptz NOT NULL
);
