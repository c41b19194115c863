-- 0001 made another table than the one that captures write and make by themselves: their heartbeats failed there.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'millrace.heartbeat'::regclass AND attname = 'pipeline'
                   AND NOT attisdropped) THEN
        DELETE FROM millrace.heartbeat;
        ALTER TABLE millrace.heartbeat DROP COLUMN pipeline;
        ALTER TABLE millrace.heartbeat RENAME COLUMN beat_at TO beaten_at;
        ALTER TABLE millrace.heartbeat ADD COLUMN id integer PRIMARY KEY;
    END IF;
END;
$$;
