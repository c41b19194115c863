package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Version;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium's {@code source} says.
 *
 * @param table schema and name
 */
record SourceBlock(String table, SourcePosition position) {

    /** Reads the fields that matter, whatever else is there. */
    static SourceBlock read(byte[] block, JsonFactory json) throws IOException, DataException {
        SourceBlock plain = PlainSource.read(block);
        return plain == null ? parsed(block, json) : plain;
    }

    /** Reads any block. */
    static SourceBlock parsed(byte[] block, JsonFactory json) throws IOException, DataException {
        String schema = null;
        String table = null;
        long lsn = 0;
        long previousCommit = 0;
        long time = 0;
        boolean snapshot = false;
        try (JsonParser parser = json.createParser(block)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "schema" -> schema = text(name, parser);
                    case "table" -> table = text(name, parser);
                    case "lsn" -> lsn = position(name, number(name, parser));
                    case "sequence" -> previousCommit = previousCommit(text(name, parser));
                    case "ts_ms" -> time = number(name, parser);
                    case "snapshot" -> snapshot = isSnapshot(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        if (schema == null || table == null) {
            throw new DataException(
                    "`source` names no schema and table; only events of Debezium's Postgres connector" + " are read");
        }
        return new SourceBlock(
                schema + "." + table, new SourcePosition(lsn, previousCommit, Math.max(0, time), snapshot, block));
    }

    private static @Nullable String text(String name, JsonParser parser) throws IOException, DataException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            default -> throw new DataException("`source." + name + "` is no text");
        };
    }

    private static long number(String name, JsonParser parser) throws IOException, DataException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> 0;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> throw new DataException("`source." + name + "` is no whole number");
        };
    }

    private static long position(String name, long value) throws DataException {
        if (value < 0 || value >= Version.MAX_POSITION) {
            throw new DataException("`source." + name + "` is " + value + ", no position in a write-ahead log");
        }
        return value;
    }

    /** Debezium writes a text, {@code true}, {@code last} and others for rows of a snapshot; older ones a boolean. */
    private static boolean isSnapshot(JsonParser parser) throws IOException, DataException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            case VALUE_STRING -> !parser.getText().equals("false");
            default -> throw new DataException("`source.snapshot` is neither text nor true or false");
        };
    }

    /** Reads the first of {@code ["<last commit>","<lsn>"]}, a list inside a text, where null stands for none. */
    private static long previousCommit(@Nullable String sequence) throws DataException {
        if (sequence == null) {
            return 0;
        }
        int comma = sequence.indexOf(',');
        if (!sequence.startsWith("[") || comma < 0) {
            throw new DataException("`source.sequence` is no list of two positions");
        }
        String first = sequence.substring(1, comma).replace("\"", "").strip();
        try {
            return first.equals("null") ? 0 : position("sequence", Long.parseLong(first));
        } catch (NumberFormatException e) {
            throw new DataException("`source.sequence` does not begin with a position");
        }
    }
}
