package io.millrace.local;

import java.net.URI;

/**
 * Where the servers of a local run answer. All listen on loopback only.
 *
 * @param ports the ports of the run
 */
public record Addresses(Ports ports) {

    /** The only address that anything listens on. */
    public static final String HOST = "127.0.0.1";

    /** Returns Kafka's bootstrap servers. */
    public String kafkaBootstrap() {
        return HOST + ":" + ports.get(Port.KAFKA);
    }

    /** Returns the JDBC URL of Postgres' database {@code postgres}. */
    public String postgresUrl() {
        return "jdbc:postgresql://" + HOST + ":" + postgresPort() + "/" + postgresDatabase();
    }

    /** Returns the host of Postgres. */
    public String postgresHost() {
        return HOST;
    }

    /** Returns the port of Postgres. */
    public int postgresPort() {
        return ports.get(Port.POSTGRES);
    }

    /** Returns the database that exists from the start. */
    public String postgresDatabase() {
        return "postgres";
    }

    /** Returns the superuser. */
    public String postgresUser() {
        return "postgres";
    }

    /** Returns a password for clients that insist on one; Postgres trusts every local connection. */
    public String postgresPassword() {
        return "postgres";
    }

    /** Returns the Redis URI. */
    public String redisUri() {
        return "redis://" + HOST + ":" + redisPort();
    }

    /** Returns the port of Redis. */
    public int redisPort() {
        return ports.get(Port.REDIS);
    }

    /** Returns the URL of Elasticsearch. */
    public String elasticsearchUrl() {
        return "http://" + HOST + ":" + ports.get(Port.ELASTICSEARCH);
    }

    /** Returns the URL of ClickHouse's HTTP interface; clients name the user {@code default} with an empty password. */
    public String clickhouseUrl() {
        return "http://" + HOST + ":" + ports.get(Port.CLICKHOUSE);
    }

    /** Returns the URL of Flink's web page and REST interface. */
    public String flinkUrl() {
        return "http://" + HOST + ":" + ports.get(Port.FLINK);
    }

    /** Returns the address to show for a server. */
    public URI of(Server server) {
        return URI.create(
                switch (server) {
                    case KAFKA -> "kafka://" + kafkaBootstrap();
                    case POSTGRES ->
                        "postgresql://" + postgresUser() + "@" + HOST + ":" + postgresPort() + "/" + postgresDatabase();
                    case REDIS -> redisUri();
                    case ELASTICSEARCH -> elasticsearchUrl();
                    case CLICKHOUSE -> clickhouseUrl();
                    case FLINK -> flinkUrl();
                });
    }
}
