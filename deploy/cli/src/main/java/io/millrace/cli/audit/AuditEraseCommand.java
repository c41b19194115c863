package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.crypt.CachedKeys;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.Hold;
import io.millrace.archive.crypt.LegalHolds;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.crypt.Subject;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.KafkaOptions;
import io.millrace.cli.MillraceCommand;
import io.millrace.cli.Printable;
import io.millrace.cli.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace audit erase}. */
@Command(
        name = "erase",
        description = {
            "Erases a person: destroys the key by which everything about the person is encrypted.",
            "",
            "Without --yes it only says what it would do. The archive keeps its files, which still verify, and which"
                    + " nobody reads any longer. It waits until no writer uses the key, remembers up to which"
                    + " offset the person is erased, so that a replay makes no new key, records in the topic that it was"
                    + " done, and prints a certificate, which also says what remains elsewhere and until when. What the"
                    + " person causes meanwhile is archived without content; what comes later gets a new key. Cut off at"
                    + " any moment, run it again.",
            "",
            "It is final: no copy of the key is kept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit erase --subject user-7 --archive archive --master-key-file master.key",
            "  millrace audit erase --subject user-7 --archive archive --master-key-file master.key"
                    + " --backups-kept 30d --out certificate.txt --yes"
        })
final class AuditEraseCommand extends MillraceCommand {
    private final Workspace workspace;

    @Mixin
    private final SubjectOption subject = new SubjectOption();

    @Mixin
    private final ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "Who erases, as the topic's record and the certificate name it. Default: the database's user.")
    private @Nullable String by;

    @Option(
            names = "--backups-kept",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long backups of the keys' database are kept, such as 30d; the certificate says it.")
    private @Nullable Duration backupsKept;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "How long a writer may use a key that it asked for, `key-store.cache.life` of the job. Default:"
                            + " 1m, the longest that any may; the certificate says what it was.")
    private Duration wait = CachedKeys.LONGEST_LIFE;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also write the certificate to a file that does not exist yet.")
    private @Nullable Path certificateFile;

    @Option(names = "--yes", description = "Erase.")
    private boolean yes;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final KeyStoreOptions keys = new KeyStoreOptions();

    AuditEraseCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws IOException {
        Subject person = subject.person(spec());
        if (certificateFile != null && Files.exists(certificateFile)) {
            throw new CommandFailure("--out " + certificateFile + " exists already; name another file");
        }
        ChainId chain = archive.chain(workspace);
        try (AuditTopic topic = new AuditTopic(kafka.client(workspace.local()), chain);
                PostgresKeyStore store = keys.open(workspace, err());
                LegalHolds holds = keys.holds(workspace)) {
            topic.requireThere();
            requireKnown(store, holds, person);
            if (!yes) {
                Optional<DataKey> key = store.find(person);
                requireNotHeld(holds.inForce(), key);
                sayPlan(topic, key, store.isErasing(person));
                return 0;
            }
            Erasure erasure = new Erasure(topic, store, person, by());
            holds.whileNoneComes(inForce -> {
                Optional<DataKey> key = store.find(person);
                requireNotHeld(inForce, key);
                return erasure.begin(key);
            });
            erase(erasure, topic);
            return 0;
        }
    }

    private String by() {
        return by == null ? keys.user(workspace) : by;
    }

    /** Nothing is certified of a name that was mistyped, or by the key store of another archive. */
    private void requireKnown(PostgresKeyStore store, LegalHolds holds, Subject person) throws IOException {
        boolean hasKey = store.find(person).isPresent();
        if (!hasKey && !store.isErasing(person) && !store.wasErased(person)) {
            throw new CommandFailure("no such person in this key store: it has no key of --subject "
                    + Printable.line(subject.id())
                    + ", and never erased one. Compare the name with `userId` in the events, and --postgres with"
                    + " `key-store` of the job; nothing was erased");
        }
        if (hasKey) {
            archive.keys(workspace).requireIn(holds, "nothing was erased");
        }
    }

    /** The store itself knows of holds for the person; those for days alone are looked up in the archive. */
    private void requireNotHeld(List<Hold> inForce, Optional<DataKey> key) throws IOException {
        if (key.isEmpty()) {
            return;
        }
        PersonRecords records = new PersonRecords(
                archive.folder(workspace),
                archive.contents(workspace),
                key.get().id());
        for (Hold hold : inForce) {
            if (hold.keys().contains(key.get().id())) {
                throw new CommandFailure("the person is under the legal hold " + hold.id()
                        + "; release it with `millrace audit hold release " + hold.id() + "` first");
            }
            if (hold.isOfEverybody()) {
                records.forEach(file -> DayRange.covers(hold, file), (chain, entry) -> {
                    throw new HeldRecord(hold.id(), chain.partition(), entry.offset());
                });
            }
        }
    }

    private void sayPlan(AuditTopic topic, Optional<DataKey> key, boolean isBegun) {
        out().println(
                        key.isPresent()
                                ? "would destroy the key " + key.get().id() + ", wait " + wait.toSeconds()
                                        + " s, and remember the end" + " of each of " + topic.partitions()
                                        + " partitions of `" + topic.name() + "`"
                                : "there is no key to destroy, because the person was erased before; the end of each"
                                        + " partition would be remembered anew");
        if (isBegun) {
            out().println("an erasure of the person was begun and not finished; it would be finished");
        }
        out().println("--yes erases; nothing brings the key back");
    }

    private void erase(Erasure erasure, AuditTopic topic) throws IOException {
        err().println("the key is destroyed; waiting " + wait.toSeconds() + " s, until no writer uses it any longer");
        pause(wait);
        erasure.finish(Instant.now());
        String certificate = new Certificate(erasure, subject.id(), wait, topic.retention(), backupsKept).text();
        out().print(certificate);
        out().flush();
        if (certificateFile != null) {
            Files.write(certificateFile, certificate.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(
                    "interrupted while writers may still use the key: the key is destroyed, and the"
                            + " erasure not finished; run it again",
                    e);
        }
    }
}
