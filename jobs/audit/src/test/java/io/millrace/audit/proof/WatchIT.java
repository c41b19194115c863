package io.millrace.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.audit.JobInProcess;
import io.millrace.common.metrics.Metric;
import io.millrace.common.metrics.MetricNames;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Midnight;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job verifies its own archive while it writes it, and tells what is wrong. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class WatchIT {

    private static final InMemoryReporter METRICS = InMemoryReporter.create();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(withMetrics())
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static Configuration withMetrics() {
        Configuration settings = new Configuration();
        METRICS.addToConfiguration(settings);
        return settings;
    }

    private static String yaml(AuditSetting setting) {
        return setting.patientYaml(2)
                + "verify: {every: 200 ms, again-every: 1 s, alerts: %s-alerts}\n"
                        .formatted(setting.topic().name());
    }

    private static AuditSetting setting(Addresses addresses, String name) throws Exception {
        AuditSetting setting = AuditSetting.make(addresses, name);
        setting.topic().write(new AuditEvents(setting.topic(), 5).next(40, 0, 1));
        setting.topic().byBrokersTime();
        return setting;
    }

    private static long metric(JobInProcess job, Metric metric) {
        return METRICS.findMetrics(job.id(), ".*[.]" + metric.name()).values().stream()
                .mapToLong(found -> (Long) ((Gauge<?>) found).getValue())
                .findFirst()
                .orElse(-1);
    }

    private static void awaitProven(AuditSetting setting, JobInProcess job) throws IOException {
        setting.awaitArchived();
        setting.awaitSealed();
        long sealed = setting.files().list("digests").size();
        await("all sealed days are proven")
                .atMost(PATIENCE)
                .until(() -> metric(job, MetricNames.DAYS_PROVEN), proven -> proven == sealed);
    }

    /** Waits until everything was read twice more. */
    private static void awaitReadAgain(JobInProcess job) {
        for (int times = 0; times < 2; times++) {
            long before = metric(job, MetricNames.WHOLE_VERIFIED_AT);
            await("everything is read again")
                    .atMost(PATIENCE)
                    .until(() -> metric(job, MetricNames.WHOLE_VERIFIED_AT), at -> at > before);
        }
    }

    private static List<String> naming(AuditSetting setting, String file) {
        return setting.topic().alerts().stream()
                .filter(alert -> alert.contains(file))
                .toList();
    }

    private static void awaitToldOnce(AuditSetting setting, JobInProcess job, String file) {
        await("an alert names " + file)
                .atMost(PATIENCE)
                .until(() -> !naming(setting, file).isEmpty());
        awaitReadAgain(job);
        assertThat(naming(setting, file))
                .singleElement()
                .asString()
                .contains(
                        "\"type\":\"audit-archive-wrong\"",
                        "\"archive\":\"" + setting.topic().name() + "\"");
    }

    @Test
    void tellsOfAByteAndOfADigestOnceEachAlsoAfterARestart(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Midnight.pass();
        AuditSetting setting = setting(addresses, "audit-tampered");
        String savepoint;
        String file;
        String digest;
        try (JobInProcess job = JobInProcess.start(cluster, yaml(setting), null)) {
            awaitProven(setting, job);
            file = setting.visible().get(0);
            byte[] bytes = setting.files().read(file, 64 << 20);
            bytes[bytes.length / 2] ^= 1;
            setting.files().replace(file, bytes);
            awaitToldOnce(setting, job, file);
            assertThat(metric(job, MetricNames.FINDINGS)).isEqualTo(1);

            List<String> digests = setting.files().list("digests");
            digest = digests.get(digests.size() - 1);
            setting.files().remove(digest);
            awaitToldOnce(setting, job, digest);
            savepoint = job.stop();
        }
        try (JobInProcess job = JobInProcess.start(cluster, yaml(setting), savepoint)) {
            awaitReadAgain(job);
            setting.topic().write(new AuditEvents(setting.topic(), 6).next(6, 1, 1));
            setting.awaitArchived();
            job.stop();
        }
        assertThat(naming(setting, file)).hasSize(1);
        assertThat(naming(setting, digest)).hasSize(1);
    }

    @Test
    void provesAnArchiveThatIsLeftAloneAndTellsNothing(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Midnight.pass();
        AuditSetting setting = setting(addresses, "audit-left-alone");
        try (JobInProcess job = JobInProcess.start(cluster, yaml(setting), null)) {
            awaitProven(setting, job);
            awaitReadAgain(job);

            assertThat(metric(job, MetricNames.DAYS_PROVEN)).isGreaterThan(AuditSetting.PARTITIONS);
            assertThat(metric(job, MetricNames.FINDINGS)).isZero();
            assertThat(metric(job, MetricNames.FAILED_LOOKS)).isZero();
            job.stop();
        }
        assertThat(setting.topic().alerts()).isEmpty();
        assertThat(setting.verify().findings()).isEmpty();
    }
}
