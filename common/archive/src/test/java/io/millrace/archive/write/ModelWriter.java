package io.millrace.archive.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.parquet.ArchiveFileWriter;
import io.millrace.archive.sample.FailingFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes one partition as a job does: reads from a place, cuts files anywhere, and keeps a state that can be restored. */
final class ModelWriter {

    static final int PARTITIONS = 1;

    /** What a checkpoint holds: where to read on, the chain's head, and what is to be committed. */
    record State(int read, Head head, List<Step> pending) {}

    /** Something to commit: a file, or the end of a day. */
    sealed interface Step {}

    record FileStep(SealedFile file, Hash previousHash, byte[] bytes) implements Step {}

    record CloseStep(LocalDate day) implements Step {}

    private final List<Entry> source;
    private final Manifests manifests;
    private final FailingFolder folder;
    private final Sealer sealer;
    private final Random random;
    private final Chain chain;
    private final List<Entry> open = new ArrayList<>();
    private final List<Step> pending = new ArrayList<>();
    private int read;
    private Head head;
    private Committer committer;

    /** Restores a writer, which first looks where the archive ends. */
    ModelWriter(
            List<Entry> source, State state, FailingFolder folder, Manifests manifests, Sealer sealer, Random random)
            throws IOException {
        this.source = source;
        this.manifests = manifests;
        this.folder = folder;
        this.sealer = sealer;
        this.random = random;
        ChainId id = manifests.read(0).chain();
        this.chain = new Chain(id);
        this.read = state.read();
        this.head = state.head().resume(manifests.read(0).head());
        this.committer = new Committer(manifests);
        commit(state.pending());
    }

    /** Takes records until the next checkpoint. */
    State untilCheckpoint() throws IOException {
        pending.clear();
        for (int left = 1 + random.nextInt(25); left > 0 && read < source.size(); left--) {
            take(source.get(read++));
            if (random.nextInt(8) == 0) {
                cut();
            }
        }
        cut();
        return new State(read, head, List.copyOf(pending));
    }

    private void take(Entry entry) throws IOException {
        if (head.holds(entry.offset())) {
            return;
        }
        LocalDate day = head.dayOf(entry.timestamp());
        LocalDate before = head.day();
        if (before != null && day.isAfter(before)) {
            cut();
            for (LocalDate closed = before; closed.isBefore(day); closed = closed.plusDays(1)) {
                pending.add(new CloseStep(closed));
            }
        }
        Entry next = chain.entry(entry.offset(), entry.timestamp(), entry.content(), entry.fields(), head.lastHash());
        open.add(next);
        head = head.then(next);
    }

    private void cut() throws IOException {
        if (open.isEmpty()) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveFileWriter writer = new ArchiveFileWriter(out, manifests.read(0).chain());
        for (Entry entry : open) {
            writer.add(entry);
        }
        Hash sha256 = writer.finish();
        Entry first = open.get(0);
        Entry last = open.get(open.size() - 1);
        LocalDate day = head.day();
        String name = new FileName(day, 0, first.offset(), last.offset()).text();
        SealedFile file =
                new SealedFile(name, first.offset(), last.offset(), open.size(), writer.size(), sha256, last.hash());
        pending.add(new FileStep(file, first.previousHash(), out.toByteArray()));
        open.clear();
    }

    /** Commits what a checkpoint holds. */
    void commit(List<Step> steps) throws IOException {
        for (Step step : steps) {
            if (step instanceof FileStep file) {
                committer.commit(
                        file.file(),
                        file.previousHash(),
                        () -> folder.replace(file.file().name(), file.bytes()));
            } else if (step instanceof CloseStep close) {
                if (!manifests.read(0).isSealed(close.day())) {
                    sealer.seal(0, close.day(), PARTITIONS);
                }
            }
        }
    }

    boolean isDone() {
        return read == source.size();
    }
}
