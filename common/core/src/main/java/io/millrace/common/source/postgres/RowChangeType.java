package io.millrace.common.source.postgres;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.source.SourceRecord;

/** Tells Flink CDC what the source gives; its records are changes already, and never come by here. */
final class RowChangeType implements DebeziumDeserializationSchema<RowChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(SourceRecord record, Collector<RowChange> out) {
        throw new IllegalStateException("a record of Debezium came: " + record);
    }

    @Override
    public TypeInformation<RowChange> getProducedType() {
        return RowChangeTypeInfo.INSTANCE;
    }
}
