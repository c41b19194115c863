package io.millrace.benchmarks.audit;

import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.verify.Contents;
import io.millrace.benchmarks.process.Progress;
import io.millrace.local.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The archive that a contender fills. */
record Archive(Path root) {

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    LocalFolder folder() {
        return new LocalFolder(root);
    }

    /** Removes it. */
    void clear() {
        DataFolder.deleteTree(root);
    }

    /** Returns how many records it says that it holds, by its manifests and digests. */
    long records() throws IOException {
        return files().stream().mapToLong(SealedFile::records).sum();
    }

    /** Returns the size of all files of records, in bytes. */
    long bytes() throws IOException {
        return files().stream().mapToLong(SealedFile::size).sum();
    }

    private List<SealedFile> files() throws IOException {
        return Contents.read(folder()).partitions().values().stream()
                .flatMap(listing -> listing.files().stream())
                .toList();
    }

    /** Returns where its chains end, as it says itself. */
    Ends ends() throws IOException {
        Map<Integer, Ends.End> ends = new HashMap<>();
        Contents.read(folder()).partitions().forEach((partition, listing) -> {
            List<SealedFile> files = listing.files();
            if (!files.isEmpty()) {
                SealedFile last = files.get(files.size() - 1);
                long records = files.stream().mapToLong(SealedFile::records).sum();
                ends.put(partition, new Ends.End(records, last.lastOffset(), last.lastHash()));
            }
        });
        return new Ends(ends);
    }

    /** Returns who counts its records now and then: each look reads its manifests. */
    Progress progress() {
        return new Progress() {
            private long last = System.nanoTime() - PAUSE;
            private long records;

            @Override
            public long count() throws IOException {
                if (System.nanoTime() - last >= PAUSE) {
                    records = records();
                    last = System.nanoTime();
                }
                return records;
            }
        };
    }
}
