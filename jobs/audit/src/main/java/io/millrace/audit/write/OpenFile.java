package io.millrace.audit.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import io.millrace.archive.parquet.ArchiveFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** A file of one partition and day that records are added to. */
final class OpenFile implements Closeable {

    private final ChainId chain;
    private final LocalDate day;
    private final Entry first;
    private final Spool spool;
    private final ArchiveFileWriter writer;
    private Entry last;
    private long records;

    OpenFile(ChainId chain, LocalDate day, Entry first, Path folder) throws IOException {
        this.chain = chain;
        this.day = day;
        this.first = first;
        this.last = first;
        this.spool = new Spool(folder);
        this.writer = new ArchiveFileWriter(spool.stream(), chain);
        add(first);
    }

    void add(Entry entry) throws IOException {
        writer.add(entry);
        last = entry;
        records++;
    }

    boolean isOf(LocalDate other) {
        return day.equals(other);
    }

    LocalDate day() {
        return day;
    }

    /** Returns about how many bytes it has. */
    long size() {
        return writer.size();
    }

    /** Returns the hash before its first record. */
    Hash previousHash() {
        return first.previousHash();
    }

    /** Ends the file, and returns what it is. */
    SealedFile finish() throws IOException {
        Hash sha256 = writer.finish();
        String name = new FileName(day, chain.partition(), first.offset(), last.offset()).text();
        return new SealedFile(name, first.offset(), last.offset(), records, writer.size(), sha256, last.hash());
    }

    Spool spool() {
        return spool;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
