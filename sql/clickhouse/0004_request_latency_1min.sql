-- How long services take to answer, and how often they fail, in each minute by route, written by the job analytics.
--
-- Percentiles cannot be averaged, so each row keeps the counts that its own come from: durations holds the middle of each
-- bucket that occurred, and counts how often. A bucket is at most 1/64 as wide as what it holds, and the same in every row:
--
--   SELECT route, quantilesExactWeightedArray(0.5, 0.99)(durations, CAST(counts, 'Array(UInt64)'))
--   FROM millrace.request_latency_1min_current WHERE … GROUP BY route
--
-- gives, for whatever times, routes and services are put together, what the samples themselves would give, 0.8 % more or
-- less. Sorted by service first: who looks at latency looks at one service over a time.
CREATE TABLE IF NOT EXISTS millrace.request_latency_1min (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the minute' CODEC(DoubleDelta, ZSTD),
    service LowCardinality(String) COMMENT 'Who answered' CODEC(ZSTD),
    route LowCardinality(String) COMMENT 'What was asked for, as the samples name it' CODEC(ZSTD),
    method LowCardinality(String) COMMENT 'The method of HTTP' CODEC(ZSTD),
    requests Int64 COMMENT 'Distinct samples; as many events as the row has absorbed' CODEC(T64, ZSTD),
    errors Int64 COMMENT 'Of these, answers with a status of 500 or above (request-latency.errors-from)' CODEC(T64, ZSTD),
    error_rate Float64 COMMENT 'errors / requests, 0 to 1; for longer times divide the sums' CODEC(ZSTD),
    p50 Float64 COMMENT 'Median of the durations in ms, at most 0.8 % away; not to be averaged, as none of these are' CODEC(ZSTD),
    p90 Float64 COMMENT 'Nine of ten requests took no longer' CODEC(ZSTD),
    p99 Float64 COMMENT '99 of 100 requests took no longer' CODEC(ZSTD),
    p999 Float64 COMMENT '999 of 1,000 requests took no longer' CODEC(ZSTD),
    durations Array(Float64) COMMENT 'Middle of each bucket that occurred, in ms, ascending' CODEC(ZSTD),
    counts Array(Int64) COMMENT 'How many requests are in each of these buckets' CODEC(ZSTD),
    late_count Int64 COMMENT 'Requests of these whose samples came after the minute had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (service, route, method, window_start)
TTL toDateTime(window_start) + INTERVAL 3 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Latency of requests, 1 min tumbling by service, route and method';

-- The current row of each window, service, route and method.
CREATE OR REPLACE VIEW millrace.request_latency_1min_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.request_latency_1min FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- Minutes merged to hours, over all methods of a route: percentiles of all requests of the hour.
CREATE OR REPLACE VIEW millrace.request_latency_1h AS
SELECT
    hour,
    service,
    route,
    total AS requests,
    failed AS errors,
    failed / total AS error_rate,
    percentiles[1] AS p50,
    percentiles[2] AS p90,
    percentiles[3] AS p99,
    percentiles[4] AS p999
FROM (
    SELECT
        toStartOfHour(window_start) AS hour,
        service,
        route,
        sum(requests) AS total,
        sum(errors) AS failed,
        quantilesExactWeightedArray(0.5, 0.9, 0.99, 0.999)(durations, CAST(counts, 'Array(UInt64)')) AS percentiles
    FROM millrace.request_latency_1min_current
    GROUP BY hour, service, route
);
