package io.millrace.local;

import java.util.Locale;

/** Every port that the local servers listen on, with its standard number. */
public enum Port {
    KAFKA(Server.KAFKA, 9092),
    KAFKA_CONTROLLER(Server.KAFKA, 9093),
    POSTGRES(Server.POSTGRES, 5432),
    REDIS(Server.REDIS, 6379),
    ELASTICSEARCH(Server.ELASTICSEARCH, 9200),
    ELASTICSEARCH_TRANSPORT(Server.ELASTICSEARCH, 9300),
    CLICKHOUSE(Server.CLICKHOUSE, 8123),
    FLINK(Server.FLINK, 8081),
    FLINK_RPC(Server.FLINK, 6123),
    FLINK_BLOB(Server.FLINK, 6124),
    FLINK_JOBMANAGER_QUERY(Server.FLINK, 6125),
    FLINK_JOBMANAGER_METRICS(Server.FLINK, 9249),
    FLINK_TASKMANAGER_1_DATA(Server.FLINK, 6132),
    FLINK_TASKMANAGER_1_METRICS(Server.FLINK, 9250),
    FLINK_TASKMANAGER_2_DATA(Server.FLINK, 6142),
    FLINK_TASKMANAGER_2_METRICS(Server.FLINK, 9251);

    private final Server server;
    private final int standard;

    Port(Server server, int standard) {
        this.server = server;
        this.standard = standard;
    }

    /** Returns the server that listens. */
    public Server server() {
        return server;
    }

    /** Returns the port's number when nothing moves it. */
    public int standard() {
        return standard;
    }

    /** Returns the name that people read, such as {@code flink taskmanager-1 data}. */
    public String label() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.replaceFirst("taskmanager (\\d)", "taskmanager-$1");
    }
}
