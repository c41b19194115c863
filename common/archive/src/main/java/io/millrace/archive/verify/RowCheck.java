package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.parquet.ArchiveFileReader.Row;
import io.millrace.archive.parquet.ArchiveFileReader.RowConsumer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Follows the rows of a file, and stops at the first that does not follow from the one before. */
final class RowCheck implements RowConsumer {

    private final Chain chain;
    private final FileName name;
    private final SealedFile named;
    private final @Nullable Hash firstHash;
    private long lastOffset;
    private Hash lastHash;
    private long count;

    RowCheck(ChainId chain, FileName name, SealedFile named, ChainLink before, @Nullable Hash firstHash) {
        this.chain = new Chain(chain);
        this.name = name;
        this.named = named;
        this.firstHash = firstHash;
        this.lastOffset = before.lastOffset();
        this.lastHash = before.lastHash();
    }

    /** Returns how many rows there were, all of them right. */
    long count() {
        return count;
    }

    /** Returns the least offset that the next row can have. */
    long next() {
        return count == 0 ? named.firstOffset() : lastOffset + 1;
    }

    @Override
    public void accept(Row row) throws WrongRecord {
        Entry entry = row.entry();
        checkPlace(row.partition(), entry);
        checkHashes(entry);
        LocalDate day =
                Instant.ofEpochMilli(entry.timestamp()).atZone(ZoneOffset.UTC).toLocalDate();
        if (day.isAfter(name.day())) {
            throw new WrongRecord(
                    entry.offset(), "it was appended on " + day + ", and cannot be among those of before");
        }
        lastOffset = entry.offset();
        lastHash = entry.hash();
        count++;
    }

    private void checkPlace(int partition, Entry entry) throws WrongRecord {
        long offset = entry.offset();
        if (partition != name.partition()) {
            throw new WrongRecord(next(), "it is one of partition " + partition);
        }
        if (offset <= lastOffset) {
            throw new WrongRecord(offset, "it stands behind record " + lastOffset + ": it is there twice, or moved");
        }
        if (count == 0 && offset != named.firstOffset()) {
            throw new WrongRecord(named.firstOffset(), "it is missing: the file begins with record " + offset);
        }
        if (offset > named.lastOffset()) {
            throw new WrongRecord(offset, "it was added: the file ends with record " + named.lastOffset());
        }
    }

    private void checkHashes(Entry entry) throws WrongRecord {
        long offset = entry.offset();
        Hash own = chain.hash(offset, entry.timestamp(), entry.content(), entry.previousHash());
        if (!entry.previousHash().equals(lastHash)) {
            String before = own.equals(entry.hash())
                    ? "it is as it was, but names another record before it: between " + lastOffset + " and it, one was"
                            + " removed or changed"
                    : "it was changed, or its previous hash was";
            throw new WrongRecord(offset, before);
        }
        if (!own.equals(entry.hash())) {
            throw new WrongRecord(offset, "its position, timestamp, content or hash was changed");
        }
        if (!chain.rowHash(entry.hash(), entry.fields()).equals(entry.rowHash())) {
            throw new WrongRecord(offset, "its fields were changed");
        }
        if (count == 0 && firstHash != null && !firstHash.equals(entry.hash())) {
            throw new WrongRecord(offset, "it is not the first one that was sealed");
        }
    }

    /** Checks that all rows were there. */
    void end() throws WrongRecord {
        if (lastOffset != named.lastOffset() || count != named.records()) {
            throw new WrongRecord(
                    next(),
                    "records are missing from here on: the file has " + count + " up to " + lastOffset + ", named were "
                            + named.records() + " up to " + named.lastOffset());
        }
        if (!lastHash.equals(named.lastHash())) {
            throw new WrongRecord(
                    named.firstOffset(),
                    "a record of this file was replaced, and all behind it hashed"
                            + " anew: the last hash is not the one that was named");
        }
    }
}
