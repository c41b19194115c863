-- What orders come to, by currency and product category, in minutes and in hours, written by the job analytics. An order
-- is one in the row of each category that its items have, and one in the row of all categories, whose category is empty:
-- rows of categories do not add up to that row's orders, but to its revenue less what is unattributed.
--
-- Currencies are never added up. Sorted by time first, because most questions name a range of it; the few currencies and
-- categories lie together in dictionaries. Minutes are for today's curve and go after 3 months; hours stay for years.
CREATE TABLE IF NOT EXISTS millrace.revenue_1min (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the minute' CODEC(DoubleDelta, ZSTD),
    currency LowCardinality(String) COMMENT 'The currency, as its events name it' CODEC(ZSTD),
    category LowCardinality(String) COMMENT 'The category of items, unknown for those without one; empty for whole orders' CODEC(ZSTD),
    revenue Decimal(38, 9) COMMENT 'Of a category, quantity times price of its items; of whole orders, what was paid. Exact' CODEC(ZSTD),
    unattributed Decimal(38, 9) COMMENT 'What of the revenue of whole orders no item accounts for: shipping, taxes, orders without items; below 0 for discounts. 0 for a category' CODEC(ZSTD),
    orders Int64 COMMENT 'Distinct purchases; as many events as the row has absorbed' CODEC(T64, ZSTD),
    items Int64 COMMENT 'Pieces: the sum of the quantities' CODEC(T64, ZSTD),
    average_order Decimal(38, 9) DEFAULT if(orders = 0, 0, revenue / orders) COMMENT 'Revenue of an order, cut behind 9 digits; not to be averaged: divide sums' CODEC(ZSTD),
    late_count Int64 COMMENT 'Orders of these that came after their minute had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (window_start, currency, category)
TTL toDateTime(window_start) + INTERVAL 3 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Revenue, 1 min tumbling by currency and category';

CREATE TABLE IF NOT EXISTS millrace.revenue_1h (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the hour' CODEC(DoubleDelta, ZSTD),
    currency LowCardinality(String) COMMENT 'The currency, as its events name it' CODEC(ZSTD),
    category LowCardinality(String) COMMENT 'The category of items, unknown for those without one; empty for whole orders' CODEC(ZSTD),
    revenue Decimal(38, 9) COMMENT 'Of a category, quantity times price of its items; of whole orders, what was paid. Exact' CODEC(ZSTD),
    unattributed Decimal(38, 9) COMMENT 'What of the revenue of whole orders no item accounts for: shipping, taxes, orders without items; below 0 for discounts. 0 for a category' CODEC(ZSTD),
    orders Int64 COMMENT 'Distinct purchases; as many events as the row has absorbed' CODEC(T64, ZSTD),
    items Int64 COMMENT 'Pieces: the sum of the quantities' CODEC(T64, ZSTD),
    average_order Decimal(38, 9) DEFAULT if(orders = 0, 0, revenue / orders) COMMENT 'Revenue of an order, cut behind 9 digits; not to be averaged: divide sums' CODEC(ZSTD),
    late_count Int64 COMMENT 'Orders of these that came after their minute had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYear(window_start)
ORDER BY (window_start, currency, category)
TTL toDateTime(window_start) + INTERVAL 5 YEAR
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Revenue, 1 h tumbling by currency and category';

-- The current row of each window, currency and category.
CREATE OR REPLACE VIEW millrace.revenue_1min_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.revenue_1min FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW millrace.revenue_1h_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.revenue_1h FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
