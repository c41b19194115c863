package io.millrace.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SWEEP")
    void readsDebeziumsCodes(Operation operation) {
        assertThat(Operation.of(String.valueOf(operation.code()))).isEqualTo(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "", "x", "cc", "C", "null"})
    void refusesEveryOtherCodeInAMessageOurOwnIncluded(String code) {
        assertThatThrownBy(() -> Operation.of(code)).hasMessageContaining("Debezium's are c, u, d, r and t");
    }

    @Test
    void carriesASweepWithinAJob() throws IOException {
        RowChange sweep = RowChange.sweep("public.users", 7);
        DataOutputSerializer out = new DataOutputSerializer(64);
        RowChangeSerializer.INSTANCE.serialize(sweep, out);

        RowChange read = RowChangeSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(read).usingRecursiveComparison().isEqualTo(sweep);
        assertThat(read.isSweep()).isTrue();
        assertThat(read.isDelete()).isFalse();
    }
}
