package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.WritableFolder;
import io.millrace.audit.JobInProcess;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.folder.PendingFileGone;
import io.millrace.audit.folder.PendingFiles;
import io.millrace.audit.folder.PendingUpload;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Midnight;
import io.millrace.testing.S3Server;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An archive in a store that speaks S3, by Flink's own plugin. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class ObjectStoreIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int OUTAGES = 3;

    private static ObjectStore store;

    @BeforeAll
    static void start() throws Exception {
        store = ObjectStore.start();
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
    }

    private static AuditSetting setting(Addresses addresses, String name) throws Exception {
        AuditSetting setting =
                AuditSetting.make(addresses, name, "s3://" + S3Server.BUCKET + "/" + name + "-" + System.nanoTime());
        setting.topic().write(new AuditEvents(setting.topic(), 9).next(60, 0, 1));
        setting.topic().byBrokersTime();
        return setting;
    }

    @Test
    void holdsWhatTheTopicHoldsAndAReplayAddsNothing(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Midnight.pass();
        AuditSetting setting = setting(addresses, "audit-s3");
        AuditEvents events = new AuditEvents(setting.topic(), 10);
        String first;
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            setting.awaitArchived();
            first = job.savepoint();
            setting.topic().write(events.next(20, 1, 1));
            setting.topic().writeInTransaction(events.next(5, 1, 1), false);
            setting.topic().write(events.next(20, 1, 1));
            setting.awaitArchived();
            // else the replay would seal what is left
            setting.awaitSealed();
            job.stop();
        }
        setting.expectWhatTheTopicHolds();

        Map<String, String> before = setting.content();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), first)) {
            job.savepoint();
            job.stop();
        }
        assertThat(setting.content()).isEqualTo(before);
    }

    @Test
    void everyRecordIsThereOnceAfterATaskManagersDeath(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = setting(addresses, "audit-s3-killed");
        AuditEvents events = new AuditEvents(setting.topic(), 11);
        try (Onlooker onlooker = Onlooker.of(setting);
                JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            for (int kill = 0; kill < 3; kill++) {
                setting.topic().write(events.next(30, 1, 1));
                cluster.terminateTaskManager(kill).get();
                cluster.startTaskManager();
            }
            setting.topic().write(events.next(10, 1, 1));
            setting.awaitArchived();
            job.stop();
            onlooker.sawWholeFilesAlone();
        }
        setting.expectWhatTheTopicHolds();
    }

    @Test
    void theJobWaitsForTheStoreAndNothingIsLostOrSeenInPart(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = setting(addresses, "audit-s3-away");
        AuditEvents events = new AuditEvents(setting.topic(), 12);
        try (Onlooker onlooker = Onlooker.of(setting);
                JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), null)) {
            setting.awaitArchived();
            for (int outage = 0; outage < OUTAGES; outage++) {
                store.stop();
                setting.topic().write(events.next(30, 1, 1));
                await("the store is away for a while").pollDelay(A_WHILE).until(() -> true);
                store.startAgain();
                setting.topic().write(events.next(30, 1, 1));
            }
            setting.awaitArchived();
            job.stop();
            onlooker.sawWholeFilesAlone();
        }
        setting.expectWhatTheTopicHolds();
    }

    /** It answers, and takes nothing, for longer than patience lasts: to who completes an upload, as if that were gone. */
    @Test
    void theJobGoesOnByItselfOnceAFullStoreHasRoom(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = setting(addresses, "audit-s3-full");
        AuditEvents events = new AuditEvents(setting.topic(), 14);
        String impatient = setting.yaml(1) + "\narchive.backoff.give-up-after: 500 ms\n";
        try (Onlooker onlooker = Onlooker.of(setting);
                JobInProcess job = JobInProcess.start(cluster, impatient, null)) {
            setting.awaitArchived();
            Map<Integer, Long> before = setting.archivedThrough();
            store.fill();
            try {
                setting.topic().write(events.next(30, 1, 1));
                await("nothing is archived for a while")
                        .during(A_WHILE)
                        .atMost(PATIENCE)
                        .until(setting::archivedThrough, before::equals);
            } finally {
                store.makeRoom();
            }
            setting.awaitArchived();
            job.stop();
            onlooker.sawWholeFilesAlone();
        }
        setting.expectWhatTheTopicHolds();
    }

    /** As one that a rule of the bucket discarded: neither the upload is there, nor what it would have become. */
    @Test
    void anUploadThatIsGoneIsKnownAsOne() throws Exception {
        String address = "s3://" + S3Server.BUCKET + "/pending-" + System.nanoTime();
        PendingFiles files = PendingFiles.of(address);
        byte[] bytes = {1, 2, 3};
        SealedFile file =
                new SealedFile("audit/dt=2026-03-02/0-0-0.parquet", 0, 0, 1, bytes.length, Hash.ZERO, Hash.ZERO);
        PendingUpload upload = files.write(file.name(), out -> out.write(bytes));
        WritableFolder folder = Folders.open(address);
        assertThat(folder.has(file.name())).isFalse();
        files.publish(file, upload);
        files.publish(file, upload);
        assertThat(folder.read(file.name(), bytes.length)).as("the control").isEqualTo(bytes);
        folder.remove(file.name());

        assertThatThrownBy(() -> files.publish(file, upload))
                .isInstanceOf(PendingFileGone.class)
                .hasMessageContaining("the pending file of " + file.name() + " is gone");
    }

    /** As Amazon's is with a default retention of Object Lock: Flink's plugin alone would send parts without a checksum. */
    @Test
    void aBucketThatTakesNothingWithoutAChecksumHoldsAnArchive(
            Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        String name = "audit-s3-locked";
        String prefix = name + "-" + System.nanoTime();
        AuditSetting setting = AuditSetting.make(addresses, name, "s3://" + S3Server.LOCKED + "/" + prefix);
        setting.topic().write(new AuditEvents(setting.topic(), 13).next(60, 0, 1));
        setting.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(2), null)) {
            setting.awaitArchived();
            job.stop();
        }
        setting.expectWhatTheTopicHolds();
        assertThat(store.olderVersions(prefix + "/manifests/0.json"))
                .as("each manifest that the job replaced")
                .isNotEmpty();

        bringBackWhatIsReplacedAndRemoved(setting, prefix);
    }

    /** Somebody with the rights of the job's user, who may not delete versions. */
    private static void bringBackWhatIsReplacedAndRemoved(AuditSetting setting, String prefix) throws Exception {
        WritableFolder files = setting.files();
        String file = setting.visible().get(0);
        byte[] archived = files.read(file, 64 << 20);
        files.replace(file, new byte[] {1});
        files.remove(file);
        assertThat(setting.verify().findings()).isNotEmpty();

        List<byte[]> versions = store.olderVersions(prefix + "/" + file);
        assertThat(versions).hasSize(2);
        assertThat(versions.get(0)).isEqualTo(archived);
        files.replace(file, versions.get(0));
        setting.expectWhatTheTopicHolds();
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldBeforeTheJobStarts(Addresses addresses) throws Exception {
        AuditSetting setting = setting(addresses, "audit-s3-frozen");
        store.freeze();
        try {
            assertThatThrownBy(() -> JobInProcess.check(setting.yaml(1), A_WHILE))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("archive.address")
                    .hasMessageContaining("no answer within 5 s")
                    .hasMessageContaining("s3.endpoint");
        } finally {
            store.thaw();
        }
        JobInProcess.check(setting.yaml(1), Duration.ofMinutes(1));
    }
}
