package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.manifest.Manifest;
import io.millrace.audit.JobInProcess;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that could not run is not started, and is told everything that is wrong at once. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.CLICKHOUSE})
class PreflightIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    @TempDir
    Path root;

    @Test
    void tellsEverythingThatIsWrongAtOnce(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Path inTheWay = Files.writeString(root.resolve("file"), "no folder");
        AuditSetting setting =
                AuditSetting.make(addresses, "audit-wrong", inTheWay.toUri().toString());
        setting.topic().set("cleanup.policy", "compact,delete");
        String yaml = setting.yaml(1)
                .replace("audit-wrong-digests", "audit-wrong-nothing")
                .replace("audit-wrong-letters", "audit-wrong-nowhere")
                .replace("database: audit_wrong", "database: audit_missing")
                .concat("targets: {clickhouse: {url: \"" + addresses.clickhouseUrl() + "\", database: unmade}}\n")
                .concat("verify: {alerts: audit-wrong-untold, transactions: {timeout: 1 min}}\n");

        assertThatThrownBy(() -> JobInProcess.start(cluster, yaml, null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("topics.audit-wrong")
                .hasMessageContaining("message.timestamp.type=CreateTime")
                .hasMessageContaining("cleanup.policy=compact,delete")
                .hasMessageContaining("topics.audit-wrong-nothing")
                .hasMessageContaining("topics.audit-wrong-nowhere")
                .hasMessageContaining("topics.audit-wrong-untold")
                .hasMessageContaining("verify.transactions.timeout")
                .hasMessageContaining("key-store")
                .hasMessageContaining("has no table audit_events; run ./millrace migrate")
                .hasMessageContaining("archive.address");
    }

    @Test
    void tellsOfRecordsThatWereRemovedBeforeTheyWereArchived(
            Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-lost");
        AuditEvents events = new AuditEvents(setting.topic(), 8);
        setting.topic().write(events.next(10, 0, 1));
        setting.topic().byBrokersTime();
        String savepoint;
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), null)) {
            setting.awaitArchived();
            savepoint = job.stop();
        }
        setting.topic().write(events.next(10, 1, 1));
        setting.topic().removeBefore(0, 8);

        assertThatThrownBy(() -> JobInProcess.start(cluster, setting.yaml(1), savepoint))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("archive.accept-lost-records")
                .hasMessageContaining("begins at offset 8, and the archive ends at 4");
        String accepted = setting.yaml(1).replace("  idle: 1 s", "  idle: 1 s\n  accept-lost-records: true");
        assertThat(JobInProcess.failure(cluster, accepted, savepoint))
                .as("the savepoint goes on at what is gone")
                .contains("Kafka does not have audit-lost-0 at offset 5", "Start the job without a savepoint");
        try (JobInProcess job = JobInProcess.start(cluster, accepted, null)) {
            setting.awaitArchived();
            job.stop();
        }
        assertThat(setting.verify().findings()).isEmpty();
    }

    @Test
    void tellsOfATopicThatWasMadeAnew(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-anew");
        setting.topic().write(new AuditEvents(setting.topic(), 8).next(10, 0, 1));
        setting.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, setting.yaml(1), null)) {
            setting.awaitArchived();
            job.stop();
        }
        setting.topic().makeAnew(AuditSetting.PARTITIONS);
        setting.topic().write(new AuditEvents(setting.topic(), 9).next(4, 0, 1));

        assertThatThrownBy(() -> JobInProcess.start(cluster, setting.yaml(1), null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("archive.address")
                .hasMessageContaining("through offset 4, and in Kafka it ends before offset 2");
    }

    @Test
    void tellsOfAManifestThatWasLost(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, "audit-manifest");
        setting.topic().write(new AuditEvents(setting.topic(), 8).next(10, 0, 1));
        setting.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, setting.patientYaml(1), null)) {
            setting.awaitArchived();
            setting.awaitSealed();
            job.stop();
        }
        setting.files().remove(Manifest.name(1));

        assertThatThrownBy(() -> JobInProcess.start(cluster, setting.patientYaml(1), null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("archive.address")
                .hasMessageContaining("manifests/1.json knows of no sealed day")
                .hasMessageNotContaining("manifests/0.json");
    }

    @Test
    void refusesAnotherArchivesFolder(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        AuditSetting first =
                AuditSetting.make(addresses, "audit-first", root.toUri().toString());
        first.topic().write(new AuditEvents(first.topic(), 5).next(4, 0, 1));
        first.topic().byBrokersTime();
        try (JobInProcess job = JobInProcess.start(cluster, first.yaml(1), null)) {
            first.awaitArchived();
            job.stop();
        }
        AuditSetting second =
                AuditSetting.make(addresses, "audit-second", root.toUri().toString());
        second.topic().byBrokersTime();

        assertThatThrownBy(() -> JobInProcess.start(cluster, second.yaml(1), null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("audit-first")
                .hasMessageContaining("a folder of its own");
    }
}
