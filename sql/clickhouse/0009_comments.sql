-- What the columns are that had no comment.
ALTER TABLE millrace.page_views_5min COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';
ALTER TABLE millrace.revenue_1min COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';
ALTER TABLE millrace.revenue_1h COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';
ALTER TABLE millrace.request_latency_1min COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';
ALTER TABLE millrace.search_terms_5min COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';
ALTER TABLE millrace.experiment_results COMMENT COLUMN _is_deleted '1 if the row is gone; the view leaves it out';

ALTER TABLE millrace.sessions
    COMMENT COLUMN clicks 'Actions of the type click',
    COMMENT COLUMN cart_additions 'Actions of the type add_to_cart',
    COMMENT COLUMN purchases 'Actions of the type purchase',
    COMMENT COLUMN _is_deleted '1 if the row is gone, as of a session that has become part of another; the view leaves it out';

ALTER TABLE millrace.audit_events
    COMMENT COLUMN event_id 'As the event names itself',
    COMMENT COLUMN event_type 'As the event names it',
    COMMENT COLUMN resource_id 'What was accessed, as the event names it',
    COMMENT COLUMN _is_deleted '1 if the row is gone; no record ever is';
