package io.millrace.cdc.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.sink.deadletter.Redrive;
import io.millrace.common.source.kafka.TopicIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that would run code of an attacker's choice in a reader that makes objects of whatever class they name. */
class GadgetTest {

    private static final AtomicInteger RUN = new AtomicInteger();

    /** Runs when it is read. */
    static final class Gadget implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUN.incrementAndGet();
        }

        /** What a reader that trusts the name of a class would call. */
        @SuppressWarnings("unused") // by its name in a record
        public void setCommand(String command) {
            RUN.incrementAndGet();
        }
    }

    @BeforeEach
    void disarm() {
        RUN.set(0);
    }

    @Test
    void aSerializedObjectIsADeadLetterAndRunsNothing() throws Exception {
        byte[] gadget = serialized();

        assertThat(deadLetters(gadget, gadget)).isOne();
        assertThat(RUN).hasValue(0);
    }

    @Test
    void theNameOfAClassIsNoClass() throws Exception {
        String named = "[\"" + Gadget.class.getName() + "\",{\"@class\":\"" + Gadget.class.getName()
                + "\",\"command\":\"id\"}]";

        assertThat(deadLetters(named.getBytes(UTF_8), named.getBytes(UTF_8))).isOne();
        assertThat(RUN).hasValue(0);
    }

    /** The control: with a reader of objects it runs. */
    @Test
    void itRunsWhereObjectsAreRead() throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized()))) {
            assertThat(in.readObject()).isInstanceOf(Gadget.class);
        }
        assertThat(RUN).hasValue(1);
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget());
        }
        return bytes.toByteArray();
    }

    private static int deadLetters(byte[] key, byte[] value) throws Exception {
        ParseDebezium parse = new ParseDebezium(
                "cdc-sync",
                Generations.only(1),
                JsonLimits.DEFAULT,
                DeclaredTables.NONE,
                Redrive.of("cdc-sync", Optional.empty()),
                TopicIds.unknown(),
                Duration.ZERO);
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(parse))) {
            harness.open();
            ConsumedRecord record = new ConsumedRecord("dbserver1.public.users", 0, 5, 1_000, key, value, List.of());
            harness.processElement(record, record.timestamp());
            assertThat(harness.extractOutputValues()).isEmpty();
            return harness.getSideOutput(ParseDebezium.DEAD_LETTERS).size();
        }
    }
}
