-- What came so late that a result could not count it any more: one row of each event, for each window (or slice of a longer
-- one) and each key that it is missing from, written by the job analytics from the stream that the topic late-events is told.
-- What is read again, or written twice, is a row of the same key: one is left, and no count grows by it.
--
-- Sorted by result first: who asks what a number lacks asks of one result over a time; the position comes last and tells
-- events apart. What comes too late may be of any year, and an insert of more than 100 partitions is refused, so that a year
-- is a partition here, and all before 2021 are one. For the same reason rows go by when they were written, not by what they
-- speak of: what came yesterday can be read for 13 months, however old it is.
CREATE TABLE IF NOT EXISTS millrace.late_events (
    result LowCardinality(String) COMMENT 'What the event is missing from: a table of results, both tables of revenue as revenue, user_activity or live_counters' CODEC(ZSTD),
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the window, or of its slice, that counted no more' CODEC(DoubleDelta, ZSTD),
    key String COMMENT 'What it would have counted for: a page, a user, a currency and category, …' CODEC(ZSTD),
    topic LowCardinality(String) COMMENT 'Where the record of the event is' CODEC(ZSTD),
    partition Int64 COMMENT 'Position of the record' CODEC(T64, ZSTD),
    offset Int64 COMMENT 'Position of the record' CODEC(Delta, ZSTD),
    event_time DateTime64(3, 'UTC') COMMENT 'When it happened, as the event says' CODEC(Delta, ZSTD),
    late_ms Int64 COMMENT 'How long the window, or its slice, had been over when the event came, by the time of the events; of several readings the most' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and late_ms + 1 (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 COMMENT '1 if the row is gone; the view leaves it out' CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYear(greatest(window_start, toDateTime64('2020-01-01 00:00:00', 3, 'UTC')))
ORDER BY (result, window_start, key, topic, partition, offset)
TTL toDateTime(timestamp) + INTERVAL 13 MONTH
COMMENT 'Events that came too late to be counted, by result, window, key and position';

-- Each event once for a result, window and key.
CREATE OR REPLACE VIEW millrace.late_events_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.late_events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- How many events each window of a result lacks. An order that is missing from several categories is one event.
CREATE OR REPLACE VIEW millrace.late_events_per_window AS
SELECT
    result,
    window_start,
    uniqExact(topic, partition, offset) AS events,
    max(late_ms) AS latest_ms
FROM millrace.late_events_current
GROUP BY result, window_start;
