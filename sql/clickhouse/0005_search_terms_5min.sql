-- What was searched for in each 5 minutes: the 100 terms of a window that were searched for most (search-terms.most), and what
-- came of their searches, written by the job analytics. A correction is a row of the same key with a higher version; a term
-- that a correction displaces is deleted with it. The version is that of the whole window.
CREATE TABLE IF NOT EXISTS millrace.search_terms_5min (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the 5 minutes' CODEC(DoubleDelta, ZSTD),
    term String COMMENT 'What was searched for: in small letters, with single spaces, at most 256 characters' CODEC(ZSTD),
    searches Int64 COMMENT 'Distinct searches' CODEC(T64, ZSTD),
    users Int64 COMMENT 'Distinct users who searched for it, estimated by an HLL sketch: standard error 1.6 %; not to be added up' CODEC(T64, ZSTD),
    zero_results Int64 COMMENT 'Searches that found nothing' CODEC(T64, ZSTD),
    zero_result_rate Float64 COMMENT 'zero_results / searches; for longer times divide the sums' CODEC(ZSTD),
    clicked Int64 COMMENT 'Searches that a click followed from within 5 minutes (search-terms.click-within)' CODEC(T64, ZSTD),
    click_through_rate Float64 COMMENT 'clicked / searches; for longer times divide the sums' CODEC(ZSTD),
    late_count Int64 COMMENT 'Searches, and news of clicks, that came after the window had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of events of the whole window (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (window_start, term)
TTL toDateTime(window_start) + INTERVAL 13 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Search terms, 5 min tumbling';

-- The current row of each window and term.
CREATE OR REPLACE VIEW millrace.search_terms_5min_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.search_terms_5min FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
