package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.model.PageTallySerializer;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.EitherSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * With object reuse an element is passed on without a copy, to several operators, too: none may be of a type that changes in
 * place, as tallies in state do.
 */
class ObjectReuseTest {

    /** What it takes is made by Flink, and serialized on the way. */
    private static final String COMMITTER = "Sink Committer: ";

    @Test
    void noOperatorTakesWhatChangesInPlace() {
        StreamExecutionEnvironment env =
                JobEnvironment.of(Configurations.whole().job());
        AnalyticsJob.build(env, Configurations.whole(), Fence.NONE);
        Map<String, Boolean> immutable = new TreeMap<>();
        for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
            String uid = String.valueOf(node.getTransformationUID());
            for (TypeSerializer<?> element : node.getTypeSerializersIn()) {
                if (!uid.startsWith(COMMITTER)) {
                    immutable.merge(uid, isImmutable(element), Boolean::logicalAnd);
                }
            }
        }

        assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(immutable).hasSizeGreaterThan(30).doesNotContainValue(false);
    }

    /** Nobody changes what holds one or the other but Flink, which reads into it again: not between chained operators. */
    private static boolean isImmutable(TypeSerializer<?> element) {
        return element instanceof EitherSerializer<?, ?> either
                ? isImmutable(either.getLeftSerializer()) && isImmutable(either.getRightSerializer())
                : element.isImmutableType();
    }

    /** The control. */
    @Test
    void aTallyChangesInPlace() {
        TypeSerializer<?> tallies = PageTallySerializer.TYPE.createSerializer(new SerializerConfigImpl());

        assertThat(tallies.isImmutableType()).isFalse();
    }
}
