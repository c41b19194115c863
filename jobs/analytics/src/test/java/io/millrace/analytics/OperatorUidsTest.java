package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** A uid that is missing, doubled or changed would make savepoints of released versions unreadable. */
class OperatorUidsTest {

    private static final Path LIST = Path.of("src", "test", "resources", "uids.txt");

    @Test
    void haveEachOperatorOnceInTheListOfReleasedUids() throws IOException {
        List<String> uids = new ArrayList<>();
        StreamExecutionEnvironment env =
                JobEnvironment.of(Configurations.whole().job());
        AnalyticsJob.build(env, Configurations.whole(), Fence.NONE);
        env.getStreamGraph(false)
                .getStreamNodes()
                .forEach(node -> uids.add(String.valueOf(node.getTransformationUID())));
        uids.sort(null);

        assertThat(uids).doesNotHaveDuplicates().doesNotContain("null");
        assertThat(uids)
                .as("savepoints are read by uid: change src/test/resources/uids.txt only with a migration")
                .containsExactlyElementsOf(Files.readAllLines(LIST));
        assertThat(env.getStreamGraph(false).getJobGraph().getName()).isEqualTo("analytics");
    }

    /** What is known of topics is a union list in the chains of the sources. */
    @Test
    void belongToTasksThatEndTogether() {
        StreamExecutionEnvironment env =
                JobEnvironment.of(Configurations.whole().job());
        AnalyticsJob.build(env, Configurations.whole(), Fence.NONE);

        assertThat(env.getConfiguration().get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH))
                .isFalse();
    }
}
