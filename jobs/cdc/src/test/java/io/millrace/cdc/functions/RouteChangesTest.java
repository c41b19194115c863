package io.millrace.cdc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.LeftOut;
import io.millrace.cdc.model.Target;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteChangesTest {

    private OneInputStreamOperatorTestHarness<RowChange, Void> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new RouteChanges(
                Map.of(Changes.TABLE, Set.of(Target.values()), "public.orders", Set.of(Target.REDIS)),
                Map.of(),
                new LeftOut(Map.of(Target.POSTGRES, Map.of(Changes.TABLE, Set.of("bio")))))));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private List<RowChange> to(Target target) {
        Queue<StreamRecord<RowChange>> records = harness.getSideOutput(RouteChanges.to(target));
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    @Test
    void sendsAChangeToEachTargetOfItsTable() throws Exception {
        RowChange change = Changes.change(Operation.UPDATE, 1, "{}", 5, 0);

        harness.processElement(change, 0);

        assertThat(Target.values())
                .filteredOn(target -> target != Target.POSTGRES)
                .allSatisfy(target -> assertThat(to(target)).containsExactly(change));
    }

    @Test
    void sendsNoColumnThatIsLeftOut() throws Exception {
        harness.processElement(Changes.change(Operation.UPDATE, 1, "{\"id\":1,\"bio\":\"b\",\"age\":7}", 5, 0), 0);

        assertThat(to(Target.POSTGRES))
                .extracting(change -> new String(change.after(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":1,\"age\":7}");
        assertThat(to(Target.CLICKHOUSE))
                .extracting(change -> new String(change.after(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":1,\"bio\":\"b\",\"age\":7}");
    }

    @Test
    void neverSendsASweepToATopic() throws Exception {
        RowChange sweep = RowChange.sweep(Changes.TABLE, 7);

        harness.processElement(sweep, 0);

        assertThat(to(Target.KAFKA)).isEmpty();
        assertThat(to(Target.ELASTICSEARCH)).containsExactly(sweep);
        assertThat(to(Target.REDIS)).containsExactly(sweep);
    }

    @Test
    void sendsASweepToTheTargetsOfItsTableOnly() throws Exception {
        harness.processElement(RowChange.sweep("public.orders", 7), 0);
        harness.processElement(RowChange.sweep("public.carts", 7), 0);

        assertThat(to(Target.ELASTICSEARCH)).isEmpty();
        assertThat(to(Target.REDIS)).extracting(RowChange::table).containsExactly("public.orders");
    }
}
