-- What the variants of experiments come to in each hour, written by the job analytics. A user is of the variant that was
-- shown first. What is counted of users is counted in the hour in which it is so for the first time (new_users, converted,
-- crossed), so that it adds up over hours to what is so since the start: a user of several hours counts once. What is of
-- the hour alone (users, buyers) does not add up.
--
-- A variant has a row whose currency is empty, with everything but revenue, and one in each currency, with its orders and
-- revenue: ask for one or the others. Currencies are never added up.
--
-- Sorted by experiment first: who looks at one looks at all of its hours.
CREATE TABLE IF NOT EXISTS millrace.experiment_results (
    window_start DateTime64(3, 'UTC') COMMENT 'Beginning of the hour' CODEC(DoubleDelta, ZSTD),
    experiment LowCardinality(String) COMMENT 'Its id, as events name it' CODEC(ZSTD),
    variant LowCardinality(String) COMMENT 'As events name it' CODEC(ZSTD),
    currency LowCardinality(String) COMMENT 'Of orders and revenue; empty for everything else' CODEC(ZSTD),
    exposures Int64 COMMENT 'Distinct events that showed the variant, to whomever' CODEC(T64, ZSTD),
    users Int64 COMMENT 'Users of the variant who were shown any in this hour; does not add up' CODEC(T64, ZSTD),
    new_users Int64 COMMENT 'Of these, those who were shown one for the first time' CODEC(T64, ZSTD),
    buyers Int64 COMMENT 'Of the users of this hour, those who bought in it, too; does not add up' CODEC(T64, ZSTD),
    converted Int64 COMMENT 'Users of the variant, of whatever hour, who bought for the first time since' CODEC(T64, ZSTD),
    crossed Int64 COMMENT 'Users of the variant who were shown another one for the first time' CODEC(T64, ZSTD),
    orders Int64 COMMENT 'Purchases of users of the variant since they were shown it' CODEC(T64, ZSTD),
    revenue Decimal(38, 9) COMMENT 'What these come to in this currency. Exact' CODEC(ZSTD),
    weight Float64 COMMENT 'What part of the users the variant should have, beside the weights of the others' CODEC(ZSTD),
    is_control Int64 COMMENT '1 for the variant that the others are compared with' CODEC(T64, ZSTD),
    late_count Int64 COMMENT 'Events of the experiment, of all its variants, that came after the hour had ended' CODEC(T64, ZSTD),
    timestamp DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the row was written, by the clock of ClickHouse' CODEC(Delta, ZSTD),
    _version UInt64 COMMENT 'Generation (8 bits) and number of distinct events of the hour, of all variants (55 bits)' CODEC(ZSTD),
    _is_deleted UInt8 CODEC(ZSTD)
) ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (experiment, window_start, variant, currency)
TTL toDateTime(window_start) + INTERVAL 13 MONTH
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Results of experiments, 1 h tumbling by experiment, variant and currency';

-- The current row of each hour, experiment, variant and currency.
CREATE OR REPLACE VIEW millrace.experiment_results_current AS
SELECT * EXCEPT (_version, _is_deleted) FROM millrace.experiment_results FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- What is compared: of each hour, and of all hours since the start. assigned are the users of whom it is asked whether they
-- are split as they should be.
CREATE OR REPLACE VIEW millrace.experiment_counts AS
SELECT
    'hour' AS span,
    window_start AS since,
    experiment,
    variant,
    exposures,
    users,
    buyers AS conversions,
    new_users AS assigned,
    crossed,
    orders,
    weight,
    is_control
FROM millrace.experiment_results_current
WHERE currency = ''
UNION ALL
SELECT
    'start' AS span,
    min(first_hour) OVER (PARTITION BY experiment) AS since,
    experiment,
    variant,
    shown AS exposures,
    people AS users,
    bought AS conversions,
    people AS assigned,
    over AS crossed,
    purchases AS orders,
    last_weight AS weight,
    last_control AS is_control
FROM (
    SELECT
        experiment,
        variant,
        min(window_start) AS first_hour,
        sum(exposures) AS shown,
        sum(new_users) AS people,
        sum(converted) AS bought,
        sum(crossed) AS over,
        sum(orders) AS purchases,
        argMax(weight, window_start) AS last_weight,
        argMax(is_control, window_start) AS last_control
    FROM millrace.experiment_results_current
    WHERE currency = ''
    GROUP BY experiment, variant
);

-- How variants stand: the conversion rate, how far it is from that of the control and within which bounds that is with a
-- confidence of 95 % (Newcombe 1998, method 10: from Wilson's intervals of both rates, which hold for few users, too), and
-- how likely a split of users that is as far from the weights is by chance: Pearson's test, whose distribution has for whole
-- degrees of freedom d the upper tail erfc(sqrt(x)) or exp(-x), for an odd or an even d, and to that, for k from 1 to
-- (d - 1) / 2, x^a exp(-x) / gamma(a + 1) with a = k - (d mod 2) / 2 and x = statistic / 2 (DLMF 8.4 and 8.8).
CREATE OR REPLACE VIEW millrace.experiment_comparisons AS
SELECT
    span,
    since,
    experiment,
    variant,
    is_control,
    exposures,
    users,
    conversions,
    crossed,
    orders,
    rate AS conversion_rate,
    if(is_compared, rate - control_rate, NULL) AS difference,
    if(is_compared, rate - control_rate - sqrt(pow(rate - low, 2) + pow(control_high - control_rate, 2)), NULL) AS difference_low,
    if(is_compared, rate - control_rate + sqrt(pow(high - rate, 2) + pow(control_rate - control_low, 2)), NULL) AS difference_high,
    share AS expected_share,
    multiIf(
        unexpected > 0, 0.,
        degrees < 1, 1.,
        if(degrees % 2 = 1, erfc(sqrt(x)), exp(-x))
            + arraySum(
                k -> exp(-x + (k - (degrees % 2) / 2) * log(x) - lgamma(k - (degrees % 2) / 2 + 1)),
                range(1, toUInt64(1 + intDiv(greatest(degrees, 1) - 1, 2))))
    ) AS sample_ratio_p
FROM (
    SELECT
        *,
        max(rate * is_control) OVER e AS control_rate,
        max(low * is_control) OVER e AS control_low,
        max(high * is_control) OVER e AS control_high,
        is_control = 0 AND users > 0 AND (sum(users * is_control) OVER e) > 0 AS is_compared,
        (sum(if(share > 0 AND all_assigned > 0, pow(assigned - all_assigned * share, 2) / (all_assigned * share), 0)) OVER e) / 2 AS x,
        toInt64(sum(toInt64(share > 0)) OVER e) - 1 AS degrees,
        sum(if(share > 0, 0, assigned)) OVER e AS unexpected
    FROM (
        SELECT
            *,
            if(users = 0, 0, least(1., conversions / users)) AS rate,
            if(users = 0, 0, 1.959963984540054 * sqrt(rate * (1 - rate) / users + 0.96036470 / users / users)) AS half,
            if(users = 0, 0, greatest(0., (rate + 1.92072941 / users - half) / (1 + 3.84145882 / users))) AS low,
            if(users = 0, 1, least(1., (rate + 1.92072941 / users + half) / (1 + 3.84145882 / users))) AS high,
            sum(assigned) OVER (PARTITION BY span, experiment, since) AS all_assigned,
            weight / sum(weight) OVER (PARTITION BY span, experiment, since) AS share
        FROM millrace.experiment_counts
    )
    WINDOW e AS (PARTITION BY span, experiment, since)
);

-- Each hour by itself: conversions are users of the hour who bought in it.
CREATE OR REPLACE VIEW millrace.experiment_readings_1h AS
SELECT * EXCEPT (span, since), since AS window_start
FROM millrace.experiment_comparisons
WHERE span = 'hour';

-- The current reading: of all users since the start, each of them once, with what they paid by currency.
CREATE OR REPLACE VIEW millrace.experiment_readings AS
SELECT readings.* EXCEPT (span), sales.revenue AS revenue
FROM (SELECT * FROM millrace.experiment_comparisons WHERE span = 'start') AS readings
LEFT JOIN (
    SELECT
        experiment,
        variant,
        CAST((groupArray(currency), groupArray(amount)), 'Map(String, Decimal(38, 9))') AS revenue
    FROM (
        SELECT experiment, variant, currency, sum(revenue) AS amount
        FROM millrace.experiment_results_current
        WHERE currency != ''
        GROUP BY experiment, variant, currency
        ORDER BY currency
    )
    GROUP BY experiment, variant
) AS sales USING (experiment, variant);
