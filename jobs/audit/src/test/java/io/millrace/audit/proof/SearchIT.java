package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.audit.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The searchable copy says what the archive says. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.CLICKHOUSE})
class SearchIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Test
    void findsWhoReadADocumentAndWhereThatIsArchived(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl());
        AuditSetting setting = AuditSetting.make(addresses, "audit-search");
        setting.topic().write(new AuditEvents(setting.topic(), 6).next(60, 0, 1));
        setting.topic().byBrokersTime();
        String yaml = setting.patientYaml(2) + "targets: {clickhouse: {url: \"" + addresses.clickhouseUrl()
                + "\", batch: {interval: 100 ms}}}\n";
        try (JobInProcess job = JobInProcess.start(cluster, yaml, null)) {
            setting.awaitArchived();
            await("every record")
                    .atMost(PATIENCE)
                    .until(
                            () -> warehouse.read("SELECT count() FROM millrace.audit_events_current"),
                            List.of("60")::equals);
            job.stop();
        }

        List<String> wanted = setting.rows().stream()
                .map(row -> row.partition() + "\t" + row.entry().offset() + "\t"
                        + row.entry().fields().kind().text() + "\t"
                        + row.entry().fields().accessedBy() + "\t"
                        + row.entry().fields().resourceId())
                .toList();
        assertThat(warehouse.read("SELECT partition, offset, kind, ifNull(accessed_by, 'null'),"
                        + " ifNull(resource_id, 'null') FROM millrace.audit_events_current ORDER BY partition, offset"))
                .isEqualTo(wanted);
        assertThat(warehouse.read("SELECT countIf(user_id LIKE '~e%'), countIf(user_id LIKE 'person%'),"
                        + " countIf(metadata LIKE '%10.99.%'), uniq(dt) FROM millrace.audit_events_current"))
                .as("persons are encrypted as in the archive")
                .singleElement()
                .asString()
                .matches("[1-9]\\d*\\t0\\t0\\t[34]");
    }
}
