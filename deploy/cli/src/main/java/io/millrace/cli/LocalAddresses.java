package io.millrace.cli;

/** Addresses of the servers that {@code millrace up} started; each fails with the remedy if its server is not running. */
public interface LocalAddresses {

    /** Kafka's bootstrap servers, {@code host:port}. */
    String kafkaBootstrap();

    /** A JDBC URL of Postgres that needs no password. */
    String postgresUrl();

    /** ClickHouse's HTTP address. */
    String clickhouseUrl();

    /** Flink's REST address. */
    String flinkUrl();
}
