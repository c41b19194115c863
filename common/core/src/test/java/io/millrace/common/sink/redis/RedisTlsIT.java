package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.redis.RedisConfig.Connection;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.FreePort;
import io.millrace.testing.ServerCertificate;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS on a port of its own. */
@WithServers(Server.REDIS)
class RedisTlsIT {

    private static final List<RowChange> ROWS = List.of(Rows.row(1, 1), Rows.delete(2, 2));

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    @TempDir
    Path folder;

    @TempDir
    Path letters;

    private final String prefix = "tls-" + UUID.randomUUID() + ":";
    private PlainRedis redis;
    private int port;
    private Path certificate;

    @BeforeEach
    void speakTls(Addresses addresses) throws Exception {
        ServerCertificate own = ServerCertificate.make(Files.createDirectory(folder.resolve("own")));
        certificate = Files.writeString(folder.resolve("own.pem"), own.certificate());
        Path key = Files.writeString(folder.resolve("own.key"), own.key());
        redis = new PlainRedis(addresses.redisUri());
        port = FreePort.reserve();
        redis.ask().configSet("tls-cert-file", certificate.toString());
        redis.ask().configSet("tls-key-file", key.toString());
        redis.ask().configSet("tls-ca-cert-file", certificate.toString());
        redis.ask().configSet("tls-auth-clients", "no");
        redis.ask().configSet("tls-port", String.valueOf(port));
    }

    @AfterEach
    void speakPlainlyAgain() {
        redis.ask().configSet("tls-port", "0");
        redis.close();
    }

    private RedisJob job(@Nullable Path trusted) {
        Connection connection = new Connection(
                "rediss://127.0.0.1:" + port,
                null,
                null,
                trusted == null ? null : trusted.toString(),
                Duration.ofSeconds(5),
                false);
        RedisRoute route = RedisRoute.write(Rows.TABLE, prefix + "{id}");
        return new RedisJob(RedisJob.config(connection, RedisJob.BATCHING, RedisJob.BACKOFF, route), letters);
    }

    @Test
    void writesToAServerWhoseCertificateItTrusts() throws Exception {
        job(certificate).write(ROWS);

        assertThat(redis.values(prefix)).containsOnlyKeys(prefix + 1);
        assertThat(redis.versions(prefix)).hasSize(2);
    }

    @Test
    void failsAtOnceIfAnotherCertificateIsToBeTrusted() throws Exception {
        ServerCertificate other = ServerCertificate.make(Files.createDirectory(folder.resolve("other")));
        Path trusted = Files.writeString(folder.resolve("other.pem"), other.certificate());

        assertRefused(job(trusted));
    }

    @Test
    void failsAtOnceIfTheJvmsAuthoritiesAreToBeTrusted() {
        assertRefused(job(null));
    }

    private void assertRefused(RedisJob job) {
        assertThatThrownBy(() -> job.write(ROWS))
                .rootCause()
                .hasMessageContaining("redis at rediss://127.0.0.1:" + port + " refuses to be written")
                .hasMessageContaining("check the certificates, and that both sides speak TLS (rediss://) or none");
        assertThat(redis.values(prefix)).isEmpty();
    }
}
