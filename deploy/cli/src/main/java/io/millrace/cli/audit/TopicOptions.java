package io.millrace.cli.audit;

import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.verify.Contents;
import io.millrace.archive.verify.Witness;
import io.millrace.cli.KafkaOptions;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether an archive is compared with the topics, and with which. */
final class TopicOptions {
    @Option(
            names = "--kafka",
            description = "Also compare with the topics of the archive's records and of its digests.")
    private boolean isAsked;

    @Option(
            names = "--digests-topic",
            paramLabel = "NAME",
            defaultValue = "audit-digests",
            description = "The topic of digests. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String digests;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final KeyStoreOptions keys = new KeyStoreOptions();

    /** The topic of digests as a witness, if it is asked. */
    Optional<Witness> digests(Workspace workspace) throws IOException {
        if (!isAsked) {
            return Optional.empty();
        }
        return Optional.of(new Witness("the topic " + digests, DigestTopic.read(client(workspace), digests), false));
    }

    TopicOutcome compare(Workspace workspace, ArchiveOption archive, DayRange range, PrintWriter err)
            throws IOException {
        if (!isAsked) {
            return TopicOutcome.NOT_ASKED;
        }
        Contents contents;
        try {
            contents = Contents.read(archive.folder(workspace));
        } catch (IOException e) {
            return TopicOutcome.notCompared(e);
        }
        if (!keys.isGiven(workspace)) {
            return new TopicComparison(archive.folder(workspace), range, null).compare(client(workspace), contents);
        }
        try (PostgresKeyStore store = keys.open(workspace, err)) {
            return new TopicComparison(archive.folder(workspace), range, new ReadKeys(store))
                    .compare(client(workspace), contents);
        }
    }

    private Properties client(Workspace workspace) throws IOException {
        return kafka.client(workspace.local());
    }
}
