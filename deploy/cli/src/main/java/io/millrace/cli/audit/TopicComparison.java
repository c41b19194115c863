package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.verify.Contents;
import io.millrace.archive.verify.Finding;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Compares an archive with the topic from which it was written, for as far as the topic is kept. */
final class TopicComparison {
    private final ArchiveFolder folder;
    private final DayRange range;
    private final @Nullable ReadKeys keys;
    private final List<Finding> findings = new ArrayList<>();
    private long same;
    private long samePlace;
    private long erased;
    private long notRetained;
    private long notArchived;

    /** @param keys to read what is encrypted; null to compare places alone */
    TopicComparison(ArchiveFolder folder, DayRange range, @Nullable ReadKeys keys) {
        this.folder = folder;
        this.range = range;
        this.keys = keys;
    }

    TopicOutcome compare(Properties client, Contents contents) throws IOException {
        if (contents.partitions().isEmpty()) {
            return new TopicOutcome(true, keys != null, 0, 0, 0, 0, 0, List.of());
        }
        ChainId any = contents.anyChain().orElseThrow();
        try (TopicCursor cursor = new TopicCursor(client, any.topic())) {
            int partitions = Math.max(cursor.partitions(), contents.partitions().lastKey() + 1);
            for (int partition = 0; partition < partitions; partition++) {
                Contents.Listing listing = contents.partitions().get(partition);
                compare(cursor, new ChainId(any.archive(), any.topic(), partition), listing);
            }
        }
        return new TopicOutcome(
                true, keys != null, same, samePlace, erased, notRetained, notArchived, List.copyOf(findings));
    }

    private void compare(TopicCursor cursor, ChainId chain, Contents.@Nullable Listing listing) throws IOException {
        if (chain.partition() >= cursor.partitions()) {
            throw new CommandFailure("the archive has a partition " + chain.partition() + ", and the topic "
                    + chain.topic() + " has " + cursor.partitions() + " partitions: it is another topic");
        }
        cursor.open(chain.partition());
        long next = 0;
        for (SealedFile file : listing == null ? List.<SealedFile>of() : listing.files()) {
            if (range.covers(file)) {
                compare(cursor, chain, file, next);
            }
            next = file.lastOffset() + 1;
        }
        if (range.to() == null) {
            countBehind(cursor, next);
        }
    }

    private void compare(TopicCursor cursor, ChainId chain, SealedFile file, long next) throws IOException {
        long begin = cursor.begin();
        if (file.lastOffset() < begin) {
            notRetained += file.records();
        } else if (folder.has(file.name())) {
            cursor.seek(Math.max(next, begin));
            RecordComparison rows = new RecordComparison(cursor, chain, file.name(), keys);
            try (ArchiveFile open = folder.open(file.name())) {
                ArchiveFileReader.of(open).read(rows);
            } catch (KeyStoreException e) {
                throw e;
            } catch (IOException e) {
                rows.wrong(null, "it could not be compared with the topic: " + e.getMessage());
            }
            same += rows.same();
            samePlace += rows.samePlace();
            erased += rows.erased();
            notRetained += rows.notRetained();
            findings.addAll(rows.findings());
        }
    }

    private void countBehind(TopicCursor cursor, long next) {
        cursor.seek(Math.max(next, cursor.begin()));
        while (cursor.peek().isPresent()) {
            cursor.skip();
            notArchived++;
        }
    }
}
