package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.workload.BenchTable;
import io.millrace.benchmarks.workload.Database;
import java.util.Objects;

/** What a peer is told, as system properties that begin with {@code bench.}. */
public final class Settings {

    public static final String PEER = "bench.peer";
    public static final String KAFKA = "bench.kafka";
    public static final String TOPIC = "bench.topic";
    public static final String POSTGRES = "bench.postgres";
    public static final String USER = "bench.user";
    public static final String TABLE = "bench.table";
    public static final String SLOT = "bench.slot";
    public static final String PUBLICATION = "bench.publication";
    public static final String ELASTICSEARCH = "bench.elasticsearch";
    public static final String CLICKHOUSE = "bench.clickhouse";
    public static final String REDIS_PORT = "bench.redis.port";
    public static final String FOLDER = "bench.folder";
    public static final String RECORDS = "bench.records";
    public static final String THREADS = "bench.threads";

    /** Returns a setting. */
    String get(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    /** Returns a setting that is a number. */
    int number(String name) {
        return Integer.parseInt(get(name));
    }

    BenchTable table() {
        return new BenchTable(new Database(get(POSTGRES), get(USER)), get(TABLE), BenchTable.USUAL_NOTE, 0);
    }
}
