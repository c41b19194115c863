package io.millrace.audit;

import io.millrace.audit.chain.ChainOptions;
import io.millrace.audit.commit.SigningOptions;
import io.millrace.audit.keys.KeyStoreOptions;
import io.millrace.audit.settings.AuditSettings;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.common.config.Arguments;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Placeholders;
import io.millrace.common.config.Problems;
import io.millrace.common.job.JobOptions;
import io.millrace.common.sink.clickhouse.ClickHouseConfig;
import io.millrace.common.sink.deadletter.DeadLetterConfig;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.TopicOptions;
import java.util.Optional;

/**
 * What the job is told.
 *
 * @param watch how the archive is verified meanwhile; empty if it is not
 * @param clickhouse where the searchable copy is; empty if there is to be none
 */
public record AuditOptions(
        JobOptions job,
        TopicOptions source,
        ChainOptions chain,
        KeyStoreOptions keyStore,
        ArchiveOptions archive,
        SigningOptions signing,
        Optional<WatchOptions> watch,
        Optional<ClickHouseConfig> clickhouse,
        DeadLetterConfig deadLetters) {

    /**
     * Reads a command line; see {@link Arguments}.
     *
     * @throws io.millrace.common.config.InvalidConfigurationException with everything that is wrong
     */
    public static AuditOptions parse(String... args) {
        return read(Arguments.of(args), Placeholders.ofThisProcess());
    }

    static AuditOptions read(Arguments arguments, Placeholders placeholders) {
        Problems problems = new Problems();
        ConfigReader config = new ConfigReader(arguments.yaml(), arguments.overrides(), placeholders, problems);
        AuditSettings.check(config, problems);
        problems.throwIfAny();
        return new AuditOptions(
                JobOptions.read(config),
                AuditSettings.source(config),
                AuditSettings.chain(config),
                AuditSettings.keyStore(config),
                AuditSettings.archive(config),
                AuditSettings.signing(config),
                AuditSettings.watch(config),
                AuditSettings.clickhouse(config),
                AuditSettings.deadLetters(config));
    }

    /** Returns the pipeline's name. */
    public String name() {
        return job.name();
    }

    /** Returns the topic that is archived. */
    public String topic() {
        return archive.topic();
    }

    /** Returns the Kafka that events come from, and that digests go to. */
    public KafkaConnection kafka() {
        return new KafkaConnection(source.bootstrapServers(), source.properties());
    }
}
