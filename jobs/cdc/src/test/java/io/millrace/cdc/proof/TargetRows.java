package io.millrace.cdc.proof;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lettuce.core.RedisClient;
import io.millrace.local.LocalServers;
import io.millrace.shop.ShopDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What each target holds of one row of a table whose key is {@code id}; missing where it holds none. */
final class TargetRows implements AutoCloseable {

    /** Keeps every digit. */
    static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private static final String UNKNOWN_TABLE = "(UNKNOWN_TABLE)";
    private static final String UNKNOWN_DATABASE = "(UNKNOWN_DATABASE)";

    /** A state of SQL. */
    private static final String UNDEFINED_TABLE = "42P01";

    private static final String PRINTED = "/?user=default&date_time_output_format=iso"
            + "&output_format_json_quote_64bit_integers=0&output_format_json_quote_denormals=1";

    private final LocalServers servers;
    private final Names names;
    private final String table;
    private final HttpClient http = HttpClient.newHttpClient();
    private final RedisClient redis;
    private final ShopDatabase readModel;

    TargetRows(LocalServers servers, Names names, String table) {
        this.servers = servers;
        this.names = names;
        this.table = table;
        this.redis = RedisClient.create(servers.addresses().redisUri());
        this.readModel = new ShopDatabase(
                servers.addresses().postgresUrl(), servers.addresses().postgresUser(), "");
    }

    /** Returns the route of the table to every target, as lines of YAML, with types of ClickHouse's chosen for columns. */
    String route(String types) {
        return """
                  - table: public.%s
                    elasticsearch: {index: %s}
                    redis: {mode: write, key: "%s{id}"}
                    clickhouse: {types: {%s}}
                    postgres: {}
                """.formatted(table, names.index(table), names.keys(table), types);
    }

    JsonNode document(int id) throws IOException, InterruptedException {
        URI uri = URI.create(servers.addresses().elasticsearchUrl() + "/" + names.index(table) + "/_doc/" + id);
        return JSON.readTree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body())
                .path("_source");
    }

    JsonNode cached(int id) throws IOException {
        try (var connection = redis.connect()) {
            String value = connection.sync().get(names.keys(table) + id);
            return value == null ? MissingNode.getInstance() : JSON.readTree(value);
        }
    }

    /**
     * Reads a row through the view, which is made with the table, before its first row is written.
     *
     * @param columns what is selected
     */
    JsonNode warehoused(String columns, int id) throws IOException, InterruptedException {
        String row = clickhouse("SELECT " + columns + " FROM " + names.warehouse() + "." + table
                + "_current WHERE id = " + id + " FORMAT JSONEachRow");
        boolean isMissing = row.isBlank() || row.contains(UNKNOWN_TABLE) || row.contains(UNKNOWN_DATABASE);
        return isMissing ? MissingNode.getInstance() : JSON.readTree(row);
    }

    /** Reads a row of the read model through its view, which is made with the table, before its first row is written. */
    JsonNode modelled(int id) throws IOException, SQLException {
        try (Connection connection = readModel.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_jsonb(c)::text FROM " + names.readModel() + "."
                        + table + "_current c WHERE id = " + id)) {
            return row.next() ? JSON.readTree(row.getString(1)) : MissingNode.getInstance();
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return MissingNode.getInstance();
            }
            throw e;
        }
    }

    /** Returns what ClickHouse answers. */
    String clickhouse(String sql) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create(servers.addresses().clickhouseUrl() + PRINTED))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        return http.send(post, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
