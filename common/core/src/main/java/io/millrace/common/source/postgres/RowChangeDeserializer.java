package io.millrace.common.source.postgres;

import io.debezium.data.Envelope.FieldName;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Turns Debezium's records into row changes without a version. A value that was not sent is {@link Unchanged}. */
final class RowChangeDeserializer implements DebeziumDeserializationSchema<RowChange> {

    private static final long serialVersionUID = 1L;

    private static final String LOGICAL_MESSAGE = "m";
    private static final byte[] NO_KEY = new byte[0];

    private final String placeholder;
    private transient @Nullable ConnectJson json;
    private transient @Nullable RowSchemas schemas;

    RowChangeDeserializer(String placeholder) {
        this.placeholder = placeholder;
    }

    @Override
    public void deserialize(SourceRecord record, Collector<RowChange> out) throws IOException {
        if (record.value() instanceof Struct value && value.schema().field(FieldName.OPERATION) != null) {
            String operation = value.getString(FieldName.OPERATION);
            if (!LOGICAL_MESSAGE.equals(operation)) {
                out.collect(change(record, value, Operation.of(operation)));
            }
        }
    }

    private RowChange change(SourceRecord record, Struct value, Operation operation) throws IOException {
        if (json == null) {
            json = new ConnectJson(placeholder);
        }
        Struct source = value.getStruct(FieldName.SOURCE);
        return new RowChange(
                source.getString("schema") + "." + source.getString("table"),
                operation,
                RowChange.UNVERSIONED,
                record.key() instanceof Struct key ? json.write(key) : NO_KEY,
                row(value, FieldName.BEFORE, json),
                row(value, FieldName.AFTER, json),
                schema(record),
                position(record, source, operation, json),
                null);
    }

    private static byte @Nullable [] row(Struct value, String name, ConnectJson json) throws IOException {
        Struct row = value.schema().field(name) == null ? null : value.getStruct(name);
        return row == null ? null : json.write(row);
    }

    private RowSchema schema(SourceRecord record) throws IOException {
        if (schemas == null) {
            schemas = new RowSchemas();
        }
        return schemas.of(record.keySchema(), record.valueSchema());
    }

    private static SourcePosition position(SourceRecord record, Struct source, Operation operation, ConnectJson json)
            throws IOException {
        boolean snapshot = operation == Operation.READ;
        // Flink CDC reads a snapshot by itself and lets Debezium say that there is none
        Map<String, Object> replaced = snapshot ? Map.of("snapshot", "true") : Map.of();
        return new SourcePosition(
                number(source.getInt64("lsn")),
                snapshot ? 0 : number((Long) record.sourceOffset().get("lsn_commit")),
                number(source.getInt64("ts_ms")),
                snapshot,
                json.write(source, replaced));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    @Override
    public TypeInformation<RowChange> getProducedType() {
        return RowChangeTypeInfo.INSTANCE;
    }
}
