-- Views and distinct visitors of each page in each 5 minutes, written by the job analytics. A correction is a row of the
-- same key with a higher version; a merge keeps the highest, and the view shows no other.
--
-- Sorted by time first, because most questions name a range of it and then rank pages; the key's columns never change,
-- so that all versions of a row meet in one partition. A month is a partition, and goes as a whole.
CREATE TABLE IF NOT EXISTS millrace.page_views_5min (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the 5 minutes' CODEC(DoubleDelta, ZSTD),
    page_url String COMMENT 'The page, as its events name it' CODEC(ZSTD),
    view_count Int64 COMMENT 'Distinct views; as many events as the row has absorbed' CODEC(T64, ZSTD),
    visitors Int64 COMMENT 'Distinct users, or sessions without a user, estimated by an HLL sketch: standard error 0.8 %; not to be added up over windows or pages' CODEC(T64, ZSTD),
    late_count Int64 COMMENT 'Views of these that came after the window had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (window_start, page_url)
TTL toDateTime(window_start) + INTERVAL 13 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Page views, 5 min tumbling by page';

-- The current row of each window and page.
CREATE OR REPLACE VIEW millrace.page_views_5min_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.page_views_5min FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
