package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.Changes;
import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CdcTopologyTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Map<String, Set<Target>> TARGETS =
            Map.of("public.users", Set.of(Target.ELASTICSEARCH, Target.REDIS), "public.orders", Set.of(Target.REDIS));

    @Test
    void accountsForEveryRecordOnce() throws Exception {
        StreamExecutionEnvironment env = environment();
        CdcOutputs outputs = topology(
                env,
                List.of(
                        record("users", 1, change("users", 1, 10)),
                        record("orders", 7, change("orders", 7, 20)),
                        record("users", 1, "{"),
                        record("users", 1, "{\"ts_ms\":5}"),
                        record("carts", 3, change("carts", 3, 30)),
                        record("users", 1, null)));
        try (CloseableIterator<RowChange> search =
                        outputs.changes().get(Target.ELASTICSEARCH).collectAsync();
                CloseableIterator<RowChange> cache =
                        outputs.changes().get(Target.REDIS).collectAsync();
                CloseableIterator<DeadLetter> letters = outputs.deadLetters().collectAsync()) {
            env.execute();

            assertThat(all(search))
                    .extracting(CdcTopologyTest::summary)
                    .containsExactly("public.users c {\"id\":1}", "public.users d {\"id\":1}");
            assertThat(all(cache))
                    .extracting(CdcTopologyTest::summary)
                    .containsExactly(
                            "public.users c {\"id\":1}", "public.orders c {\"id\":7}", "public.users d {\"id\":1}");
            assertThat(all(letters))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.record().value()).isEqualTo(bytes("{")));
        }
    }

    @Test
    void leavesOutTargetsThatNoTableGoesTo() {
        CdcOutputs outputs = topology(environment(), List.of(record("users", 1, null)));

        assertThat(outputs.changes()).containsOnlyKeys(Target.ELASTICSEARCH, Target.REDIS);
        assertThat(outputs.envelopes()).isEmpty();
    }

    private static CdcOutputs topology(StreamExecutionEnvironment env, List<ConsumedRecord> records) {
        Changes changes = CdcTopology.parse(
                env.fromData(records, ConsumedRecordTypeInfo.INSTANCE),
                "cdc-sync",
                Generations.only(0),
                JsonLimits.DEFAULT);
        return CdcTopology.of(
                changes,
                "cdc-test",
                new Routes(TARGETS, List.of(), List.of(), List.of(), List.of(), List.of()),
                Map.of(),
                Optional.empty());
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = JobEnvironment.of(Configurations.sync().job());
        env.configure(new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, true));
        env.setParallelism(1);
        return env;
    }

    private static <T> List<T> all(CloseableIterator<T> iterator) {
        List<T> collected = new ArrayList<>();
        iterator.forEachRemaining(collected::add);
        return collected;
    }

    private static String summary(RowChange change) {
        return change.table() + " " + change.operation().code() + " "
                + new String(change.key(), StandardCharsets.UTF_8);
    }

    private static ConsumedRecord record(String table, int id, String value) {
        byte[] key = bytes("{\"id\":" + id + "}");
        return new ConsumedRecord("db.public." + table, 0, 0, 0, key, value == null ? null : bytes(value), List.of());
    }

    private static String change(String table, int id, long lsn) {
        return "{\"before\":null,\"after\":{\"id\":" + id + "},\"source\":{\"schema\":\"public\",\"table\":\"" + table
                + "\",\"lsn\":" + lsn + "},\"op\":\"c\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
