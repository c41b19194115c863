package io.millrace.common.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Fence;
import io.millrace.common.sink.notification.Notification;
import io.millrace.common.sink.notification.Notification.Origin;
import io.millrace.common.sink.notification.NotificationTypeInfo;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

class PastFenceTest {

    private static final String GOLDEN =
            Path.of("src", "test", "resources", "golden", "fence.state").toString();
    private static final boolean WRITE = "write".equals(System.getProperty("millrace.golden"));
    private static final Fence FENCE = Fence.parse("users:0=5,users:1=0");

    @Test
    void isSilentBehindItAndNowhereElse() throws Exception {
        try (var harness = open(FENCE, false, null)) {
            harness.processElement(effect(new Origin("users", 0, 4)), 0);
            harness.processElement(effect(new Origin("users", 0, 5)), 0);
            harness.processElement(effect(new Origin("users", 1, 0)), 0);
            harness.processElement(effect(new Origin("users", 2, 0)), 0);
            harness.processElement(effect(null), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(Notification::origin)
                    .containsExactly(
                            new Origin("users", 0, 5), new Origin("users", 1, 0), new Origin("users", 2, 0), null);
        }
    }

    /** The control: without it, the same is told. */
    @Test
    void isNotSilentWithoutOne() throws Exception {
        try (var harness = open(Fence.NONE, false, null)) {
            harness.processElement(effect(new Origin("users", 0, 4)), 0);

            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void aRestoredJobKeepsTheFenceItBeganWith() throws Exception {
        try (var harness = open(Fence.NONE, true, golden())) {
            harness.processElement(effect(new Origin("users", 0, 4)), 0);
            harness.processElement(effect(new Origin("users", 0, 5)), 0);

            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void aFenceThatIsGivenWins() throws Exception {
        try (var harness = open(Fence.parse("users:0=9"), false, golden())) {
            harness.processElement(effect(new Origin("users", 0, 5)), 0);
            harness.processElement(effect(new Origin("users", 0, 9)), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(Notification::origin)
                    .containsExactly(new Origin("users", 0, 9));
        }
    }

    /** State as it was written once; with {@code -Dmillrace.golden=write} it is written anew. */
    private static OperatorSubtaskState golden() throws Exception {
        if (WRITE) {
            try (var harness = open(FENCE, true, null)) {
                OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), GOLDEN);
            }
        }
        return OperatorSnapshotUtil.readStateHandle(GOLDEN);
    }

    private static Notification effect(Origin origin) {
        return new Notification("public.users", "e", "/", null, new byte[0], new byte[0], 0, origin);
    }

    private static OneInputStreamOperatorTestHarness<Notification, Notification> open(
            Fence fence, boolean goesOn, OperatorSubtaskState state) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new PastFence<Notification>(fence, goesOn)));
        harness.setup(NotificationTypeInfo.INSTANCE.createSerializer(
                harness.getExecutionConfig().getSerializerConfig()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
