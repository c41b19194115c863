package io.millrace.audit.proof;

import static org.awaitility.Awaitility.await;

import io.millrace.audit.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.Random;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What TaskManagers that die in the midst of it leave of the archive; a reader looks all the while. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class KilledTaskManagerIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final int KILLS = 6;

    @Test
    void everyRecordIsThereOnceAndNoPartOfAFileIsEverSeen(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-killed");
        AuditEvents events = new AuditEvents(setting.topic(), 2);
        Random random = new Random();
        setting.topic().write(events.next(40, 0, 0.1));
        setting.topic().byBrokersTime();
        try (Onlooker onlooker = Onlooker.of(setting);
                JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            for (int kill = 0; kill < KILLS; kill++) {
                setting.topic().write(events.next(50, 0.1, 1));
                await("any moment")
                        .pollDelay(Duration.ofMillis(1 + random.nextInt(900)))
                        .until(() -> true);
                cluster.terminateTaskManager(kill).get();
                cluster.startTaskManager();
                setting.topic().writeInTransaction(events.next(10, 0.1, 1), random.nextBoolean());
            }
            // who waits for these waits for the job that began again after the last death
            setting.topic().write(events.next(10, 0.1, 1));
            setting.awaitArchived();
            job.stop();
            onlooker.sawWholeFilesAlone();
        }

        setting.expectWhatTheTopicHolds();
    }
}
