-- The searchable copy of the audit archive, written by the job audit: the fields of each record, and where it is in the
-- archive. It proves nothing; the archive does, and the copy can be made anew from its files:
--
--   INSERT INTO millrace.audit_events SELECT timestamp, partition, offset, extract(_path, 'dt=([^/]+)'), kind, event_time, event_id, event_type,
--       user_id, accessed_by, resource_id, metadata, 0, 0 FROM file('audit/**/*.parquet')
--
-- Who a record is about is encrypted, as in the archive: a text that begins with `~e` can be read with the person's key alone,
-- and by nobody once that is destroyed; `~x` was erased before it was archived.
--
-- Sorted by time; two indexes help whoever asks for a resource, or for who accessed it.
CREATE TABLE IF NOT EXISTS millrace.audit_events (
    timestamp DateTime64(3, 'UTC') COMMENT 'When the broker appended it' CODEC(Delta, ZSTD),
    partition Int64 COMMENT 'Position in the archive' CODEC(T64, ZSTD),
    offset Int64 COMMENT 'Position in the archive' CODEC(Delta, ZSTD),
    dt String COMMENT 'The folder of the archive that has it, as 2026-03-02' CODEC(ZSTD),
    kind String COMMENT 'event, malformed or erased' CODEC(ZSTD),
    event_time Nullable(DateTime64(3, 'UTC')) COMMENT 'What the event says itself' CODEC(ZSTD),
    event_id Nullable(String) CODEC(ZSTD),
    event_type Nullable(String) CODEC(ZSTD),
    user_id Nullable(String) COMMENT 'Encrypted' CODEC(ZSTD),
    accessed_by Nullable(String) COMMENT 'Encrypted if it names a customer' CODEC(ZSTD),
    resource_id Nullable(String) CODEC(ZSTD),
    metadata Nullable(String) COMMENT 'JSON; personal members are encrypted' CODEC(ZSTD),
    _version UInt64 COMMENT 'The same for each record: it never changes' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD),
    INDEX resource resource_id TYPE bloom_filter GRANULARITY 4,
    INDEX accessor accessed_by TYPE bloom_filter GRANULARITY 4
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (timestamp, partition, offset)
TTL toDateTime(timestamp) + INTERVAL 13 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Fields of archived audit events';

-- Each record once.
CREATE OR REPLACE VIEW millrace.audit_events_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.audit_events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
