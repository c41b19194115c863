package io.millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.crypt.MasterKey;
import io.millrace.audit.parse.EventLimits;
import io.millrace.audit.parse.PersonalFields;
import io.millrace.audit.watch.Pace;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.sink.kafka.Transactions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditOptionsTest {

    @Test
    void haveDefaultsForWhatIsNotGiven() {
        AuditOptions options = Configurations.whole();

        assertThat(options.topic()).isEqualTo("audit-logs");
        assertThat(options.source().topics()).containsExactly("audit-logs");
        assertThat(options.source().groupId()).isEqualTo("audit");
        assertThat(options.chain().limits()).isEqualTo(EventLimits.DEFAULT);
        assertThat(options.chain().personal()).isEqualTo(PersonalFields.DEFAULT);
        assertThat(options.chain().idle()).isEqualTo(Duration.ofHours(1));
        assertThat(options.chain().tick()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.archive().fileSize()).isEqualTo(64 << 20);
        assertThat(options.archive().compactedSize()).isEqualTo(256 << 20);
        assertThat(options.archive().mostFiles()).isEqualTo(1_000);
        assertThat(options.archive().digests()).isEqualTo("audit-digests");
        assertThat(options.archive().witnessAddress()).isEmpty();
        assertThat(options.archive().acceptLost()).isFalse();
        assertThat(options.chain().acceptedAhead()).isNull();
        assertThat(options.keyStore().cacheLife()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.keyStore().cachedKeys()).isEqualTo(10_000);
        assertThat(options.keyStore().database().port()).isEqualTo(5432);
        assertThat(options.keyStore().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.clickhouse().orElseThrow().connection().password().reveal())
                .isEqualTo("canary");
        assertThat(options.deadLetters().kafka().bootstrapServers()).isEqualTo("broker:9092");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            job.unaligned-checkpoints           | true                 | job.unaligned-checkpoints
            source.topic                        | a topic              | source.topic
            source.limits.largest-event         | 3 gb                 | source.limits.largest-event
            source.limits.deepest               | 0                    | source.limits.deepest
            source.kafka.start                  | latest               | source.kafka.start
            personal.customers                  | (                    | personal.customers
            archive.name                        | a name               | archive.name
            archive.address                     | hdfs://nodes/audit   | archive.address
            archive.address                     | /shared/audit        | archive.address
            archive.file-size                   | 1 b                  | archive.file-size
            archive.compacted-size              | 1 b                  | archive.compacted-size
            archive.most-files                  | 1                    | archive.most-files
            archive.idle                        | 0 s                  | archive.idle
            archive.tick                        | 1 ms                 | archive.tick
            archive.digests                     | a topic              | archive.digests
            archive.witness                     | file:///shared/audit | archive.witness
            archive.witness                     | nowhere              | archive.witness
            archive.backoff.give-up-after       | 1 h                  | archive.backoff.give-up-after
            archive.accept-ahead-through        | 2026-02-30           | archive.accept-ahead-through
            archive.accept-ahead-through        | next week            | archive.accept-ahead-through
            key-store.port                      | 70000                | key-store.port
            key-store.master-key                | ${env:SHORT_KEY}     | key-store.master-key
            key-store.master-key                | vault:one            | key-store.master-key
            key-store.retired-master-keys.first | ${env:SHORT_KEY}     | key-store.retired-master-keys.first
            key-store.request-timeout           | 10 ms                | key-store.request-timeout
            key-store.cache.life                | -1 s                 | key-store.cache.life
            key-store.cache.life                | 2 min                | key-store.cache.life
            key-store.cache.most                | 0                    | key-store.cache.most
            key-store.backoff.give-up-after     | 1 h                  | key-store.backoff.give-up-after
            key-store.tls.mode                  | maybe                | key-store.tls.mode
            signing.key                         | ${env:CANARY}        | signing.key
            signing.public-keys                 | ${env:OTHER_PUBLIC}  | signing.public-keys
            verify.every                        | 1 ms                 | verify.every
            verify.every                        | 25 h                 | verify.again-every
            verify.again-every                  | 1 min                | verify.again-every
            verify.sure-after                   | 1 h                  | verify.sure-after
            verify.alerts                       | a topic              | verify.alerts
            targets.clickhouse.url              | warehouse            | targets.clickhouse.url
            archive.adress                      | x                    | archive.adress
            """)
    void refuseWhatCannotBe(String key, String value, String named) {
        assertThatThrownBy(() -> Configurations.read(Configurations.WHOLE, Map.of(key, value)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("c0ffee", "canary");
    }

    @Test
    void needNoSearchableCopy() {
        String without = Configurations.WHOLE.replaceAll("targets:.*\n", "");

        assertThat(Configurations.read(without).clickhouse()).isEmpty();
    }

    @Test
    void verifyNothingUnlessItIsSaid() {
        String without = Configurations.WHOLE.replaceAll("verify:.*\n", "");

        assertThat(Configurations.read(without).watch()).isEmpty();
    }

    @Test
    void haveDefaultsForHowItIsVerified() {
        WatchOptions watch = Configurations.whole().watch().orElseThrow();

        assertThat(watch.pace()).isEqualTo(new Pace(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(2)));
        assertThat(watch.alerts()).isEqualTo("alerts");
        assertThat(watch.transactions()).isEqualTo(new Transactions("audit-alerts", Duration.ofMinutes(15)));
    }

    @Test
    void takeHowItIsTold() {
        WatchOptions watch = Configurations.read(
                        Configurations.WHOLE,
                        Map.of("verify.transactions.id-prefix", "mine", "verify.transactions.timeout", "1 h"))
                .watch()
                .orElseThrow();

        assertThat(watch.transactions()).isEqualTo(new Transactions("mine", Duration.ofHours(1)));
    }

    @Test
    void takeWhoIsACustomerAndWhatIsPersonal() {
        AuditOptions options = Configurations.read(
                Configurations.WHOLE + "personal: {customers: \"customer-.*\", metadata: [ip, device]}");

        assertThat(options.chain().personal().metadata()).isEqualTo(Set.of("ip", "device"));
        assertThat(options.chain().personal().customers())
                .isNotNull()
                .extracting(Object::toString)
                .isEqualTo("customer-.*");
    }

    @Test
    void takeAMasterKeyThatAServiceKeeps() {
        AuditOptions options = Configurations.read(
                Configurations.WHOLE,
                Map.of(
                        "key-store.master-key",
                        "sample-kms:one",
                        "key-store.retired-master-keys.first",
                        "${env:MASTER}",
                        "key-store.retired-master-keys.second",
                        "sample-kms:two"));

        assertThat(options.keyStore().masterKeys())
                .extracting(MasterKey::id)
                .startsWith("sample-kms:one")
                .contains("sample-kms:two")
                .hasSize(3);
    }

    @Test
    void takeThroughWhichDayAClockMayBeAhead() {
        AuditOptions options =
                Configurations.read(Configurations.WHOLE, Map.of("archive.accept-ahead-through", "2026-03-09"));

        assertThat(options.chain().acceptedAhead()).isEqualTo(LocalDate.of(2026, 3, 9));
    }

    @Test
    void tellEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Configurations.read("name: audit"))
                .hasMessageContaining("source.kafka.bootstrap-servers")
                .hasMessageContaining("key-store.host")
                .hasMessageContaining("key-store.master-key")
                .hasMessageContaining("archive.name")
                .hasMessageContaining("archive.address")
                .hasMessageContaining("signing.key")
                .hasMessageContaining("signing.public-keys")
                .hasMessageContaining("dead-letters.overflow-folder");
    }

    @Test
    void neverPrintASecret() {
        assertThat(Configurations.whole().toString()).doesNotContain("canary", "c0ffee", "PRIVATE KEY");
    }
}
