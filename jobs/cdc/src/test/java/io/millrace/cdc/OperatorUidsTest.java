package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cdc.functions.ParseDebezium;
import io.millrace.cdc.functions.Sweep;
import io.millrace.cdc.model.Changes;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.replay.Fence;
import io.millrace.common.source.postgres.CaptureStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** A uid that is missing, doubled or changed would make savepoints of released versions unreadable. */
class OperatorUidsTest {

    private static final Path LIST = Path.of("src", "test", "resources", "uids.txt");

    @Test
    void haveEachOperatorOnceInTheListOfReleasedUids() throws IOException {
        List<String> uids = new ArrayList<>();
        OperatorUids.of(sync()).forEach(uid -> uids.add("cdc-sync " + uid));
        OperatorUids.of(capture(Configurations.notifying())).forEach(uid -> uids.add("cdc-notify " + uid));
        OperatorUids.of(capture(Configurations.capture())).forEach(uid -> uids.add("cdc-capture " + uid));
        OperatorUids.of(capture(Configurations.direct())).forEach(uid -> uids.add("cdc-direct " + uid));

        assertThat(uids).doesNotHaveDuplicates().noneMatch(uid -> uid.endsWith(" null"));
        assertThat(uids)
                .as("savepoints are read by uid: change src/test/resources/uids.txt only with a migration")
                .containsExactlyElementsOf(Files.readAllLines(LIST));
    }

    @Test
    void makeAJobGraphWithoutGeneratedOnes() {
        assertThat(sync().getStreamGraph(false).getJobGraph().getName()).isEqualTo("cdc-sync");
        assertThat(capture(Configurations.capture())
                        .getStreamGraph(false)
                        .getJobGraph()
                        .getName())
                .isEqualTo("cdc-capture");
    }

    /** Of several subtasks, those that end first would keep every checkpoint from completing. */
    @Test
    void nameOneSubtaskForWhatWasPublishedWhateverTheParallelism() {
        StreamExecutionEnvironment env =
                JobEnvironment.of(Configurations.capture().job());
        env.setParallelism(3);
        complete(
                env, CdcSources.of(Configurations.capture(), CaptureStart.at(0)).addTo(env), Configurations.capture());

        Map<String, Integer> parallelism = OperatorUids.parallelismOf(env);

        assertThat(parallelism).containsEntry(PublishedTopics.UID, 1).containsEntry(ParseDebezium.UID, 1);
        assertThat(parallelism).containsEntry(CdcSources.POSTGRES_UID, 3).containsEntry(Sweep.UID, 3);
    }

    /** What a sync keeps in its source's chain is a union list; see {@code SameEverywhere}, which a capture has there. */
    @Test
    void belongToTasksThatEndTogetherUnlessASourceEnds() {
        assertThat(sync().getConfiguration().get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH))
                .isFalse();
        assertThat(capture(Configurations.capture())
                        .getConfiguration()
                        .get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH))
                .isTrue();
    }

    @Test
    void areNoticedWhenOneIsMissing() {
        StreamExecutionEnvironment env = JobEnvironment.of(Configurations.sync().job());
        env.fromData(1, 2).uid("begin").print();

        assertThatThrownBy(() -> OperatorUids.of(env)).hasMessageContaining("no UID");
    }

    @Test
    void areNoticedWhenOneIsThereTwice() {
        StreamExecutionEnvironment env = JobEnvironment.of(Configurations.sync().job());
        env.fromData(1, 2).uid("same").print().uid("same");

        assertThatThrownBy(() -> env.getStreamGraph(false).getJobGraph()).hasMessageContaining("same");
    }

    private static StreamExecutionEnvironment sync() {
        CdcOptions options = Configurations.sync();
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        return complete(env, CdcSources.of(options, CaptureStart.at(0)).addTo(env), options);
    }

    private static StreamExecutionEnvironment capture(CdcOptions options) {
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        return complete(env, CdcSources.of(options, CaptureStart.at(0)).addTo(env), options);
    }

    private static StreamExecutionEnvironment complete(
            StreamExecutionEnvironment env, Changes changes, CdcOptions options) {
        CdcSinks.attach(
                CdcTopology.of(changes, options.name(), options.routes(), options.databases(), options.kafka()),
                options,
                Fence.NONE);
        return env;
    }
}
