package io.millrace.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * One row of the table that is carried.
 *
 * @param placed in microseconds since 1970
 */
public record BenchRow(
        long id,
        long customer,
        int quantity,
        long cents,
        double score,
        boolean active,
        String status,
        String email,
        String note,
        long placed) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Reads a row as any target shows it in JSON: a time is a text, or microseconds. */
    public static BenchRow of(JsonNode json) {
        JsonNode time = json.path("placed");
        return new BenchRow(
                json.path("id").asLong(),
                json.path("customer").asLong(),
                json.path("quantity").asInt(),
                json.path("cents").asLong(),
                json.path("score").asDouble(),
                json.path("active").asBoolean(),
                json.path("status").asText(),
                json.path("email").asText(),
                json.path("note").asText(),
                time.isNumber() ? time.asLong() : micros(Instant.parse(time.asText())));
    }

    /** Reads the row of a query for all columns. */
    static BenchRow of(ResultSet row) throws SQLException {
        return new BenchRow(
                row.getLong("id"),
                row.getLong("customer"),
                row.getInt("quantity"),
                row.getLong("cents"),
                row.getDouble("score"),
                row.getBoolean("active"),
                row.getString("status"),
                row.getString("email"),
                row.getString("note"),
                micros(row.getObject("placed", OffsetDateTime.class).toInstant()));
    }

    /** Returns the row as JSON, as Debezium would write it. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("customer", customer)
                .put("quantity", quantity)
                .put("cents", cents)
                .put("score", score)
                .put("active", active)
                .put("status", status)
                .put("email", email)
                .put("note", note)
                .put("placed", Instant.EPOCH.plus(placed, ChronoUnit.MICROS).toString());
    }

    /** Returns 64 bits of the whole row, by the FNV-1a hash. */
    long hash() {
        String text = String.join(
                "\u0000",
                Long.toString(id),
                Long.toString(customer),
                Integer.toString(quantity),
                Long.toString(cents),
                Double.toString(score),
                Boolean.toString(active),
                status,
                email,
                note,
                Long.toString(placed));
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
