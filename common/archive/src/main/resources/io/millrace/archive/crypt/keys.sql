CREATE SCHEMA IF NOT EXISTS millrace_audit;

-- One key for each person and day, encrypted by the master key. Who it is, only a keyed hash says.
CREATE TABLE IF NOT EXISTS millrace_audit.data_key (
    id uuid PRIMARY KEY,
    subject bytea NOT NULL UNIQUE,
    wrapped bytea NOT NULL,
    master_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Whose key is being destroyed: nobody makes a new one until caches are empty and the offsets below are known.
CREATE TABLE IF NOT EXISTS millrace_audit.erasing (
    subject bytea PRIMARY KEY,
    begun_at timestamptz NOT NULL DEFAULT now()
);

-- Who was erased, and up to which offset: a replay makes no key for these records.
CREATE TABLE IF NOT EXISTS millrace_audit.erasure (
    subject bytea NOT NULL,
    archive text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    up_to bigint NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject, archive, topic, partition)
);
