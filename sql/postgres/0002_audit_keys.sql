-- The keys of the audit archive (docs/audit-format.md, sections 10, 11 and 13), and its legal holds.
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

-- What must not be removed or erased: everybody's records or one person's, of some days or of all.
CREATE TABLE IF NOT EXISTS millrace_audit.legal_hold (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject bytea,
    from_day date,
    to_day date,
    reason text NOT NULL,
    placed_by text NOT NULL DEFAULT session_user,
    placed_at timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz
);
