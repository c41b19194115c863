-- A few rows of each result, around HOUR, which is put in as a time. Each table has a row that a later version corrects, and
-- where rows can go, one that is deleted: whoever asks the tables instead of their current rows gets other numbers.
INSERT INTO millrace.page_views_5min (window_start, page_url, view_count, visitors, late_count, visitor_sketch, _version, _is_deleted)
    SELECT at, page, views, last - first, late,
        base64Encode(concat(char(14, 0, 0), arrayStringConcat(arrayMap(i -> char(i, 0, 1), range(first, last))))), views, 0
    FROM (
        SELECT HOUR AS at, '/' AS page, 700 AS views, 0 AS first, 70 AS last, 0 AS late
        UNION ALL SELECT HOUR, '/', 800, 0, 80, 8
        UNION ALL SELECT HOUR + INTERVAL 5 MINUTE, '/', 200, 0, 90, 0
        UNION ALL SELECT HOUR, '/cart', 100, 60, 100, 0
        UNION ALL SELECT HOUR, concat('/p', toString(number)), 1, number, number + 1, 0 FROM numbers(20)
    );
INSERT INTO millrace.page_views_5min (window_start, page_url, view_count, visitors, late_count, _version, _is_deleted) VALUES
    (HOUR - INTERVAL 7 DAY, '/', 550, 50, 0, 550, 0);
INSERT INTO millrace.revenue_1min (window_start, currency, category, revenue, unattributed, orders, items, late_count, _version, _is_deleted) VALUES
    (HOUR, 'EUR', '', 90, 0, 9, 9, 0, 9, 0),
    (HOUR, 'EUR', '', 100.10, 10.10, 10, 12, 1, 10, 0),
    (HOUR + INTERVAL 1 MINUTE, 'EUR', '', 20, 0, 1, 1, 0, 1, 0),
    (HOUR, 'EUR', 'books', 90, 0, 9, 12, 0, 10, 0),
    (HOUR + INTERVAL 1 MINUTE, 'EUR', 'toys', 20, 0, 1, 1, 0, 1, 0),
    (HOUR, 'USD', '', 5, 0, 1, 1, 0, 1, 0),
    (HOUR - INTERVAL 7 DAY, 'EUR', '', 60.05, 0, 5, 5, 0, 5, 0);
INSERT INTO millrace.revenue_1h (window_start, currency, category, revenue, unattributed, orders, items, late_count, _version, _is_deleted) VALUES
    (HOUR, 'EUR', '', 110, 0, 9, 9, 0, 9, 0),
    (HOUR, 'EUR', '', 120.10, 10.10, 11, 13, 1, 11, 0),
    (HOUR, 'EUR', 'books', 90, 0, 10, 12, 0, 11, 0),
    (HOUR, 'EUR', 'toys', 20, 0, 1, 1, 0, 11, 0),
    (HOUR, 'USD', '', 5, 0, 1, 1, 0, 1, 0);
INSERT INTO millrace.search_terms_5min (window_start, term, searches, users, zero_results, zero_result_rate, clicked, click_through_rate, late_count, _version, _is_deleted) VALUES
    (HOUR, 'lamp', 30, 20, 0, 0, 3, 0.1, 0, 30, 0),
    (HOUR, 'lamp', 40, 25, 0, 0, 30, 0.75, 2, 44, 0),
    (HOUR + INTERVAL 5 MINUTE, 'lamp', 10, 10, 0, 0, 0, 0, 0, 20, 0),
    (HOUR + INTERVAL 5 MINUTE, 'unicorn', 10, 9, 8, 0.8, 0, 0, 0, 20, 0),
    (HOUR, 'gone', 1, 1, 1, 1, 0, 0, 0, 30, 0),
    (HOUR, 'gone', 0, 0, 0, 0, 0, 0, 0, 44, 1),
    (HOUR - INTERVAL 7 DAY, 'lamp', 30, 20, 0, 0, 3, 0.1, 0, 30, 0);
INSERT INTO millrace.sessions (session_start, session_id, session_end, pages, entry_page, exit_page, converted, searches, clicks, cart_additions, purchases, steps, late_count, _version, _is_deleted) VALUES
    (HOUR, 'a', HOUR + INTERVAL 1 MINUTE, 1, '/', '/', 0, 0, 0, 0, 0, 1, 0, 1, 0),
    (HOUR, 'a', HOUR + INTERVAL 10 MINUTE, 5, '/', '/cart', 1, 1, 1, 1, 1, 9, 1, 9, 0),
    (HOUR + INTERVAL 1 MINUTE, 'b', HOUR + INTERVAL 3 MINUTE, 2, '/', '/p1', 0, 1, 0, 0, 0, 3, 0, 3, 0),
    (HOUR + INTERVAL 2 MINUTE, 'c', HOUR + INTERVAL 2 MINUTE, 1, '/p1', '/p1', 0, 0, 0, 0, 0, 1, 0, 1, 0),
    (HOUR + INTERVAL 3 MINUTE, 'd', HOUR + INTERVAL 4 MINUTE, 3, '/', '/p2', 0, 0, 2, 1, 0, 6, 0, 6, 0),
    (HOUR + INTERVAL 4 MINUTE, 'joined', HOUR + INTERVAL 4 MINUTE, 1, '/', '/', 0, 0, 0, 0, 0, 1, 0, 1, 0),
    (HOUR + INTERVAL 4 MINUTE, 'joined', HOUR + INTERVAL 4 MINUTE, 1, '/', '/', 0, 0, 0, 0, 0, 1, 0, 2, 1),
    (HOUR - INTERVAL 7 DAY, 'z', HOUR - INTERVAL 7 DAY, 1, '/', '/', 0, 0, 0, 0, 0, 1, 0, 1, 0);
INSERT INTO millrace.request_latency_1min (window_start, service, route, method, requests, errors, error_rate, p50, p90, p99, p999, durations, counts, late_count, _version, _is_deleted) VALUES
    (HOUR, 'shop', '/orders/{id}', 'GET', 500, 0, 0, 10, 10, 10, 10, [10], [500], 0, 500, 0),
    (HOUR, 'shop', '/orders/{id}', 'GET', 990, 10, 0.0101, 10, 10, 10, 10, [10], [990], 4, 990, 0),
    (HOUR + INTERVAL 1 MINUTE, 'shop', '/orders/{id}', 'GET', 10, 0, 0, 900, 900, 900, 900, [900], [10], 0, 10, 0),
    (HOUR, 'shop', '/orders', 'POST', 10, 0, 0, 50, 50, 50, 50, [50], [10], 0, 10, 0),
    (HOUR, 'auth', '/login', 'POST', 1000, 0, 0, 5, 5, 5, 5, [5], [1000], 0, 1000, 0),
    (HOUR - INTERVAL 7 DAY, 'shop', '/orders', 'POST', 10, 0, 0, 50, 50, 50, 50, [50], [10], 0, 10, 0);
INSERT INTO millrace.experiment_results (window_start, experiment, variant, currency, exposures, users, new_users, buyers, converted, crossed, orders, revenue, weight, is_control, late_count, _version, _is_deleted) VALUES
    (HOUR, 'checkout', 'control', '', 900, 900, 900, 90, 90, 0, 90, 0, 1, 1, 0, 1900, 0),
    (HOUR, 'checkout', 'control', '', 2000, 1000, 1000, 100, 100, 10, 120, 0, 1, 1, 3, 4000, 0),
    (HOUR, 'checkout', 'control', 'EUR', 0, 0, 0, 0, 0, 0, 120, 2500, 1, 1, 3, 4000, 0),
    (HOUR, 'checkout', 'new', '', 2000, 1000, 1000, 150, 150, 0, 160, 0, 1, 0, 3, 4000, 0),
    (HOUR, 'checkout', 'new', 'EUR', 0, 0, 0, 0, 0, 0, 160, 4000, 1, 0, 3, 4000, 0);
INSERT INTO millrace.late_events (result, window_start, key, topic, partition, offset, event_time, late_ms, _version, _is_deleted) VALUES
    ('page_views_5min', HOUR, '/', 'page-views', 0, 1, HOUR, 60000, 60001, 0),
    ('page_views_5min', HOUR, '/', 'page-views', 0, 1, HOUR, 90000, 90001, 0),
    ('page_views_5min', HOUR, '/cart', 'page-views', 0, 2, HOUR, 70000, 70001, 0),
    ('page_views_5min', HOUR + INTERVAL 5 MINUTE, '/', 'page-views', 0, 3, HOUR + INTERVAL 5 MINUTE, 60000, 60001, 0),
    ('revenue', HOUR, 'EUR/', 'user-actions', 1, 4, HOUR, 120000, 120001, 0),
    ('revenue', HOUR, 'EUR/books', 'user-actions', 1, 4, HOUR, 120000, 120001, 0),
    ('sessions', HOUR, 'gone', 'page-views', 0, 5, HOUR, 60000, 60001, 0),
    ('sessions', HOUR, 'gone', 'page-views', 0, 5, HOUR, 60000, 60002, 1);
