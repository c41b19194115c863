package io.millrace.benchmarks.flink;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** Windows of Flink SQL over the format {@code json}. */
final class SqlJobs {

    private static final String INTO =
            "page_views_5min (window_start, page_url, view_count, visitors, late_count," + " _version, _is_deleted)";

    private static final String SOURCE = """
            CREATE TABLE events (
              %s, `timestamp` TIMESTAMP_LTZ(3), WATERMARK FOR `timestamp` AS `timestamp` - INTERVAL '5' SECOND
            ) WITH (
              'connector' = 'kafka', 'topic' = '%s', 'properties.bootstrap.servers' = '%s',
              'properties.isolation.level' = 'read_committed', 'properties.group.id' = 'bench-sql',
              'properties.max.poll.records' = '5000', 'properties.fetch.max.wait.ms' = '100',
              'scan.startup.mode' = 'earliest-offset', 'format' = 'json',
              'json.timestamp-format.standard' = 'ISO-8601')""";

    private static final String TUMBLE = """
            SELECT window_start, pageUrl, COUNT(*), %s
            FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(`timestamp`), INTERVAL '5' MINUTES))
            GROUP BY pageUrl, window_start, window_end""";

    private static final String VISITORS = "COUNT(DISTINCT COALESCE(userId, sessionId))";

    private static final String HOP = """
            SELECT * FROM (
              SELECT userId, window_start, window_end,
                COUNT(*) FILTER (WHERE `type` = 'page_view') AS pageViews,
                COUNT(*) FILTER (WHERE `type` = 'click') AS clicks,
                COUNT(*) FILTER (WHERE `type` = 'search') AS searches,
                COUNT(*) FILTER (WHERE `type` = 'purchase') AS purchases,
                COUNT(*) AS events
              FROM TABLE(HOP(TABLE events, DESCRIPTOR(`timestamp`), INTERVAL '5' MINUTES, INTERVAL '1' HOUR))
              GROUP BY userId, window_start, window_end)
            WHERE purchases > 0 OR clicks > 50""";

    private SqlJobs() {}

    static void tumble(StreamExecutionEnvironment env, PeerSettings settings) {
        StreamTableEnvironment sql = environment(env);
        sql.executeSql(SOURCE.formatted(
                "pageUrl STRING, userId STRING, sessionId STRING", settings.get("topic"), settings.get("kafka")));
        boolean counted = Boolean.parseBoolean(settings.get("visitors"));
        sql.toDataStream(sql.sqlQuery(TUMBLE.formatted(counted ? VISITORS : "CAST(0 AS BIGINT)")))
                .map(SqlJobs::json)
                .returns(Types.STRING)
                .sinkTo(new ClickHouseSink(settings.get("clickhouse"), INTO));
    }

    private static String json(Row row) {
        return "{\"window_start\":" + millis(row, 0) + ",\"page_url\":\"" + row.getField(1)
                + "\",\"view_count\":" + row.getField(2) + ",\"visitors\":" + row.getField(3)
                + ",\"late_count\":0,\"_version\":" + row.getField(2) + ",\"_is_deleted\":0}";
    }

    static void hop(StreamExecutionEnvironment env, PeerSettings settings) {
        StreamTableEnvironment sql = environment(env);
        sql.executeSql(SOURCE.formatted("userId STRING, `type` STRING", settings.get("topic"), settings.get("kafka")));
        sql.toDataStream(sql.sqlQuery(HOP))
                .map(SqlJobs::activity)
                .returns(TypeInformation.of(Activity.class))
                .sinkTo(new RedisSink(settings.number("redis.port")));
    }

    private static Activity activity(Row row) {
        Activity activity = new Activity();
        activity.userId = String.valueOf(row.getField(0));
        activity.start = millis(row, 1);
        activity.end = millis(row, 2);
        activity.pageViews = number(row, 3);
        activity.clicks = number(row, 4);
        activity.searches = number(row, 5);
        activity.purchases = number(row, 6);
        activity.events = number(row, 7);
        return activity;
    }

    private static long number(Row row, int column) {
        return row.<Long>getFieldAs(column);
    }

    /** A window's beginning is the clock's of the session's zone, which is UTC. */
    private static long millis(Row row, int column) {
        LocalDateTime time = row.getFieldAs(column);
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static StreamTableEnvironment environment(StreamExecutionEnvironment env) {
        StreamTableEnvironment sql = StreamTableEnvironment.create(env);
        sql.getConfig().set("table.local-time-zone", "UTC");
        sql.getConfig().set("table.exec.source.idle-timeout", "30 s");
        return sql;
    }
}
