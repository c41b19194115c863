-- Sessions: what happened under one session id without a gap of 30 minutes (sessions.gap), written by the job analytics when
-- the gap is over. A late step is a row of the same key with a higher version; one that joins two sessions, or begins one
-- earlier, deletes the row that is no more with it.
--
-- Sorted by the beginning, because most questions name a range of it and then count. It never changes: a session that begins
-- earlier after all is another row.
CREATE TABLE IF NOT EXISTS millrace.sessions (
    session_start DateTime64(3, 'UTC') COMMENT 'First step' CODEC(Delta, ZSTD),
    session_id String COMMENT 'The id that its events name' CODEC(ZSTD),
    session_end DateTime64(3, 'UTC') COMMENT 'Last step' CODEC(Delta, ZSTD),
    pages Int64 COMMENT 'Views, of whatever pages' CODEC(T64, ZSTD),
    entry_page String COMMENT 'Page of the first view; empty without one' CODEC(ZSTD),
    exit_page String COMMENT 'Page of the last view; empty without one' CODEC(ZSTD),
    converted Int64 COMMENT '1 if there was a purchase, else 0' CODEC(T64, ZSTD),
    searches Int64 COMMENT 'Actions of this type, as the next ones are of theirs' CODEC(T64, ZSTD),
    clicks Int64 CODEC(T64, ZSTD),
    cart_additions Int64 CODEC(T64, ZSTD),
    purchases Int64 CODEC(T64, ZSTD),
    steps Int64 COMMENT 'Distinct views and actions; as many events as the row has absorbed' CODEC(T64, ZSTD),
    late_count Int64 COMMENT 'Steps of these that came when their gap was over' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(session_start)
ORDER BY (session_start, session_id)
TTL toDateTime(session_start) + INTERVAL 13 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Sessions, with a gap of 30 min';

-- The current row of each session.
CREATE OR REPLACE VIEW millrace.sessions_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.sessions FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- How far sessions come, by the hour in which they begin. Each step is counted among those that came to the one before it: of
-- the sessions with a view those with a search or a click, of these those with something in the cart, of these those that
-- bought.
CREATE OR REPLACE VIEW millrace.funnel_1h AS
SELECT
    toStartOfHour(session_start) AS hour,
    count() AS sessions,
    countIf(pages > 0) AS viewed,
    countIf(pages > 0 AND searches + clicks > 0) AS engaged,
    countIf(pages > 0 AND searches + clicks > 0 AND cart_additions > 0) AS carted,
    countIf(pages > 0 AND searches + clicks > 0 AND cart_additions > 0 AND purchases > 0) AS bought
FROM millrace.sessions_current
GROUP BY hour;
