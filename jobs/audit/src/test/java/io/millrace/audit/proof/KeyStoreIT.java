package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.MasterKeys;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.record.OpenedRecord;
import io.millrace.archive.record.RecordOpener;
import io.millrace.archive.verify.Report;
import io.millrace.audit.JobInProcess;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key store that is down, that is somebody else's, and that has forgotten somebody. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class KeyStoreIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration A_WHILE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void theJobWaitsForItAndWritesNothingMeanwhile(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-keyless");
        AuditEvents events = new AuditEvents(setting.topic(), 4);
        setting.topic().write(events.next(20, 0, 1));
        setting.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1) + "\nkey-store.cache.life: 0 s\n", null)) {
            setting.awaitArchived();
            Map<Integer, Long> before = setting.archivedThrough();
            setting.database().goAway();
            setting.topic().write(events.next(20, 1, 1));
            await("nothing is archived for a while")
                    .during(A_WHILE)
                    .atMost(PATIENCE)
                    .until(setting::archivedThrough, before::equals);
            setting.database().comeBack();
            setting.awaitArchived();
            job.stop();
        }

        setting.expectWhatTheTopicHolds();
    }

    @Test
    void theJobDoesNotStartWithAnotherMasterKey(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-foreign");
        setting.topic().byBrokersTime();
        setting.database().open().close();

        assertThatThrownBy(() -> JobInProcess.start(cluster, setting.yaml(1, "cd".repeat(32)), null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("key-store")
                .hasMessageContaining("does not belong to `key-store.master-key`");
        // the control: with its own it does
        JobInProcess.start(cluster, setting.yaml(1), null).close();
    }

    /** A key management service, as the class path has one; the job is told its scheme and the key's name alone. */
    @Test
    void aServiceMayKeepTheMasterKey(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-kms");
        setting.topic().write(new AuditEvents(setting.topic(), 5).next(20, 0, 1));
        setting.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1, "sample-kms:one"), null)) {
            setting.awaitArchived();
            job.stop();
        }

        assertThat(setting.verify().findings()).isEmpty();
        assertThatThrownBy(() -> setting.database().open())
                .hasMessageContaining("wrapped by the master key sample-kms:one");
        try (PostgresKeyStore keys =
                PostgresKeyStore.open(setting.database()::connect, List.of(MasterKeys.of("sample-kms:one")))) {
            RecordOpener opener = new RecordOpener(keys);
            for (ArchiveFileReader.Row row : setting.rows()) {
                ChainId chain = new ChainId("audit-kms", "audit-kms", row.partition());
                assertThat(opener.open(chain, row.entry()).readability()).isEqualTo(OpenedRecord.Readability.READABLE);
            }
        }
    }

    /** A person is erased while the job is down; the replay makes no new key, and the archive verifies. */
    @Test
    void whoWasErasedIsNotArchivedByAReplay(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-erased");
        String anna = "{\"eventType\":\"READ\",\"userId\":\"anna\"}";
        long time = AuditEvents.begin().toEpochMilli();
        setting.topic()
                .write(List.of(
                        setting.topic().record(0, time, "anna", anna),
                        setting.topic().record(0, time + 1, "bert", "no event")));
        setting.topic().byBrokersTime();
        String first;
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), null)) {
            setting.awaitArchived();
            first = job.stop();
        }
        setting.topic().write(List.of(setting.topic().record(0, 0, "anna", anna)));
        try (PostgresKeyStore keys = PostgresKeyStore.open(
                setting.database()::connect,
                List.of(LocalMasterKey.of(setting.database().masterKey())))) {
            assertThat(keys.beginErasing(Subject.person("anna"))).isTrue();
            ChainId chain = new ChainId("audit-erased", "audit-erased", 0);
            keys.finishErasing(Subject.person("anna"), Map.of(chain, 2L));
        }
        setting.topic().write(List.of(setting.topic().record(0, 0, "anna", anna)));
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), first)) {
            setting.awaitArchived();
            job.stop();
        }

        assertThat(setting.rows())
                .extracting(row -> row.entry().fields().kind())
                .containsExactly(Kind.EVENT, Kind.MALFORMED, Kind.ERASED, Kind.EVENT);
        Report report = setting.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.sealed() + report.chained()).isEqualTo(4);
    }
}
