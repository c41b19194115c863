package io.millrace.archive.write;

import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.sample.SampleArchive;
import io.millrace.archive.sample.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Commits to partition 0 of an archive, and seals it, when it is told to. */
final class StepwiseWriter {

    private final TestKeys keys = TestKeys.make();
    private final List<String> published = new ArrayList<>();
    private final SampleArchive archive;
    private final SampleArchive pending;
    private final Manifests manifests;
    private Committer committer;

    /** @param elsewhere where files are before they are committed */
    StepwiseWriter(Path root, Path elsewhere) {
        archive = new SampleArchive(root);
        pending = new SampleArchive(elsewhere);
        manifests = new Manifests(archive.folder(), SampleArchive.NAME, "audit-logs");
        committer = new Committer(manifests);
    }

    TestKeys keys() {
        return keys;
    }

    SampleArchive archive() {
        return archive;
    }

    Manifests manifests() {
        return manifests;
    }

    /** Returns the name of each file that was put into the archive, as often as it was. */
    List<String> published() {
        return published;
    }

    /** Forgets everything, as a process does that starts anew. */
    void restart() {
        committer = new Committer(manifests);
    }

    Committer.Outcome commit(LocalDate day, List<Entry> rows) throws IOException {
        SealedFile file = pending.write(0, day, rows);
        return committer.commit(file, rows.get(0).previousHash(), () -> {
            published.add(file.name());
            archive.put(file.name(), pending.bytes(file.name()));
        });
    }

    /** @param clock what its clock says */
    Sealer sealer(String clock) {
        return new Sealer(manifests, new Compactor(manifests, 1 << 20), keys.signingKey(), () -> Instant.parse(clock));
    }
}
