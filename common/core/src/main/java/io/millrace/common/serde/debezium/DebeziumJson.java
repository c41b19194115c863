package io.millrace.common.serde.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.debezium.Parsed.Change;
import io.millrace.common.serde.debezium.Parsed.Reason;
import io.millrace.common.serde.debezium.Parsed.Skipped;
import io.millrace.common.serde.declared.DeclaredSchemas;
import io.millrace.common.serde.declared.DeclaredTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads row changes from Debezium's JSON, key and value each with or without the wrapper of schema and payload. Rows
 * are not taken apart: their bytes are cut out of the message.
 *
 * <p>Whatever the bytes are, the answer is a value or a {@link DataException}. For one thread.
 */
public final class DebeziumJson {

    private final JsonLimits limits;
    private final JsonFactory json;
    private final ChangeVersions versions;
    private final DeclaredSchemas declared;
    private final KnownSchemas schemas = new KnownSchemas();

    /** Makes a parser that takes messages without a schema as they are. */
    public DebeziumJson(JsonLimits limits, ChangeVersions versions) {
        this(limits, versions, DeclaredTables.NONE);
    }

    /**
     * Makes a parser.
     *
     * @param declared what is known of tables whose messages come without a schema
     */
    public DebeziumJson(JsonLimits limits, ChangeVersions versions, DeclaredTables declared) {
        this.limits = limits;
        this.json = limits.factory();
        this.versions = versions;
        this.declared = new DeclaredSchemas(declared);
    }

    /**
     * Reads one record.
     *
     * @throws DataException if the record is no message of Debezium's Postgres connector, or passes a limit
     */
    public Parsed parse(ConsumedRecord record) throws DataException {
        try {
            return read(record);
        } catch (StreamConstraintsException e) {
            throw new DataException("the message is nested deeper than " + limits.deepest()
                    + ", or holds a name, text or number longer than is read");
        } catch (JsonProcessingException e) {
            long place = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new DataException("the message is not JSON" + (place < 0 ? "" : ", from byte " + place));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    "the message cannot be read as JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Parsed read(ConsumedRecord record) throws IOException, DataException {
        byte[] key = record.key();
        byte[] value = record.value();
        refuseTooLarge("key", key);
        refuseTooLarge("value", value);
        if (value == null) {
            return key == null ? new Skipped(Reason.EMPTY) : tombstone(record);
        }
        Dress dress = Dress.of(value, schemas.lastValue(record.topic()), json);
        Envelope envelope = Envelope.read(dress.payload(), json);
        Reason reason = skipped(envelope, record.topic());
        return reason == null ? change(record, dress, envelope) : new Skipped(reason);
    }

    private void refuseTooLarge(String part, byte @Nullable [] bytes) throws DataException {
        if (bytes != null && bytes.length > limits.largestDocument()) {
            throw new DataException("the " + part + " has " + bytes.length + " bytes; at most "
                    + limits.largestDocument() + " are read");
        }
    }

    private Parsed change(ConsumedRecord record, Dress dress, Envelope envelope) throws IOException, DataException {
        Operation operation = operation(envelope);
        if (envelope.source() == null) {
            throw new DataException("the value has no `source`, which names the table and the position");
        }
        SourceBlock source = SourceBlock.read(envelope.source(), json);
        Dress key = key(record);
        if (dress.schema() == null) {
            declared.requireTypes(
                    source.table(), envelope.after() == null ? List.of() : names(JsonRange.all(envelope.after())));
        }
        return new Change(new RowChange(
                source.table(),
                operation,
                versions.of(record, source.position()),
                key.payload().copy(),
                envelope.before(),
                envelope.after(),
                schema(record, source.table(), key, dress.schema()),
                source.position(),
                record));
    }

    private Parsed tombstone(ConsumedRecord record) throws IOException, DataException {
        Dress key = key(record);
        if (isHeartbeat(record.topic())) {
            return new Skipped(Reason.HEARTBEAT);
        }
        SourcePosition nowhere = new SourcePosition(0, 0, 0, false, null);
        String table = TopicTables.tableOf(record.topic());
        byte[] keySchema = keySchema(record, table, key);
        return new Change(new RowChange(
                table,
                Operation.DELETE,
                versions.ofTombstone(record),
                key.payload().copy(),
                null,
                null,
                schemas.ofKey(record.topic(), keySchema),
                nowhere,
                record));
    }

    /** Returns what the message says, and of a part without a schema what is known of its table. */
    private @Nullable RowSchema schema(ConsumedRecord record, String table, Dress key, byte @Nullable [] valueSchema)
            throws IOException {
        byte[] value = valueSchema;
        if (value == null && declared.knows(table)) {
            value = declared.of(record, table, names(key.payload())).value();
        }
        return schemas.intern(record.topic(), keySchema(record, table, key), value);
    }

    private byte @Nullable [] keySchema(ConsumedRecord record, String table, Dress key) throws IOException {
        return key.schema() != null || !declared.knows(table)
                ? key.schema()
                : declared.of(record, table, names(key.payload())).key();
    }

    private List<String> names(JsonRange object) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = object.open(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return names;
    }

    private Dress key(ConsumedRecord record) throws IOException, DataException {
        if (record.key() == null) {
            throw new DataException("the record has no key, so that its row cannot be told from others; give the table"
                    + " a primary key, or Debezium a `message.key.columns`");
        }
        Dress dress = Dress.of(record.key(), schemas.lastKey(record.topic()), json);
        JsonRange key = dress.payload();
        if (!PlainJson.isObject(key.bytes(), key.from(), key.to())) {
            requireObject(key);
        }
        return dress;
    }

    private void requireObject(JsonRange key) throws IOException, DataException {
        try (JsonParser parser = key.open(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException(
                        "the key is no JSON object; Debezium's are, unless a transform took them apart");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new DataException("the key goes on after its end; one JSON object was expected");
            }
        }
    }

    private static Operation operation(Envelope envelope) throws DataException {
        Operation operation;
        try {
            operation = Operation.of(String.valueOf(envelope.op()));
        } catch (IllegalArgumentException e) {
            throw new DataException("`op` is none of Debezium's c, u, d, r and t");
        }
        if ((operation == Operation.DELETE) == (envelope.after() != null)) {
            throw new DataException(
                    "`op` is " + operation.code() + " and `after` is " + (envelope.after() == null ? "null" : "a row"));
        }
        return operation;
    }

    private static @Nullable Reason skipped(Envelope envelope, String topic) throws DataException {
        Set<String> names = envelope.names();
        if (envelope.op() != null) {
            return switch (envelope.op()) {
                case "t" ->
                    throw new DataException("the table was truncated, which says of no row that it is gone: the targets"
                            + " still hold its rows. Delete them there, or build the targets anew");
                case "m" -> Reason.LOGICAL_MESSAGE;
                default -> null;
            };
        }
        if (isHeartbeat(topic) || names.equals(Set.of("ts_ms"))) {
            return Reason.HEARTBEAT;
        }
        if (names.contains("status") && names.contains("id")) {
            return Reason.TRANSACTION;
        }
        if (names.contains("ddl") || names.contains("tableChanges")) {
            return Reason.SCHEMA_CHANGE;
        }
        throw new DataException("the value has no `op`; Debezium's change events have");
    }

    private static boolean isHeartbeat(String topic) {
        return topic.startsWith("__debezium-heartbeat");
    }
}
