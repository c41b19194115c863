package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Midnight;
import io.millrace.testing.WithServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Savepoints, with another parallelism and of any age. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class SavepointIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Test
    void theArchiveGoesOnFromOneToTwoToOneAndAnyReplayAddsNothing(
            Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Midnight.pass();
        AuditSetting setting = AuditSetting.make(addresses, "audit-rescaled");
        AuditEvents events = new AuditEvents(setting.topic(), 3);
        setting.topic().write(events.next(30, 0, 0.5));
        List<@Nullable String> savepoints = new ArrayList<>();
        savepoints.add(null);
        boolean brokersTime = false;
        for (int parallelism : new int[] {1, 2, 1}) {
            setting.topic().write(events.next(30, 0.5, 1));
            if (!brokersTime) {
                setting.topic().byBrokersTime();
                brokersTime = true;
            }
            String last = savepoints.get(savepoints.size() - 1);
            try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(parallelism), last)) {
                setting.topic().write(events.next(20, 1, 1));
                setting.awaitArchived();
                savepoints.add(job.savepoint());
                setting.topic().write(events.next(20, 1, 1));
                savepoints.add(job.stop());
            }
        }
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), savepoints.get(savepoints.size() - 1))) {
            setting.awaitArchived();
            setting.awaitSealed();
            job.stop();
        }
        setting.expectWhatTheTopicHolds();

        for (String savepoint : savepoints) {
            Map<String, String> before = setting.content();
            try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), savepoint)) {
                // once these are archived, all before them was read again
                setting.topic().write(events.next(2, 1, 1));
                setting.awaitArchived();
                job.stop();
            }
            Map<String, String> after = setting.content();
            before.forEach((name, hash) -> {
                if (!name.startsWith("manifests/")) {
                    assertThat(after).as("after a replay from " + savepoint).containsEntry(name, hash);
                }
            });
            assertThat(after).as("two new files").hasSize(before.size() + 2);
        }
        setting.expectWhatTheTopicHolds();
    }
}
