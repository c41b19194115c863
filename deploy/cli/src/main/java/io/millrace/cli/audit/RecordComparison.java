package io.millrace.cli.audit;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.parquet.ArchiveFileReader.Row;
import io.millrace.archive.parquet.ArchiveFileReader.RowConsumer;
import io.millrace.archive.record.OpenedRecord;
import io.millrace.archive.record.RecordOpener;
import io.millrace.archive.verify.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Compares the rows of one file with the records of the topic. */
final class RecordComparison implements RowConsumer {
    /** So many of a file are named; the rest of it is likely wrong for the same reason. */
    private static final int MOST_FINDINGS = 10;

    private final TopicCursor cursor;
    private final ChainId chain;
    private final String name;
    private final @Nullable RecordOpener opener;
    private final List<Finding> findings = new ArrayList<>();
    private long same;
    private long samePlace;
    private long erased;
    private long notRetained;

    RecordComparison(TopicCursor cursor, ChainId chain, String name, @Nullable ReadKeys keys) {
        this.cursor = cursor;
        this.chain = chain;
        this.name = name;
        this.opener = keys == null ? null : new RecordOpener(keys);
    }

    @Override
    public void accept(Row row) throws KeyStoreException {
        Entry entry = row.entry();
        Optional<ConsumerRecord<byte[], byte[]>> found = cursor.peek();
        while (found.isPresent() && found.get().offset() < entry.offset()) {
            wrong(found.get().offset(), "the topic has this record, and the archive does not");
            cursor.skip();
            found = cursor.peek();
        }
        if (found.isPresent() && found.get().offset() == entry.offset()) {
            cursor.skip();
            compare(entry, found.get());
        } else if (entry.offset() < cursor.begin()) {
            notRetained++;
        } else {
            wrong(entry.offset(), "the archive has this record, and the topic does not");
        }
    }

    private void compare(Entry entry, ConsumerRecord<byte[], byte[]> record) throws KeyStoreException {
        if (entry.timestamp() != record.timestamp()) {
            wrong(
                    entry.offset(),
                    "the topic has the timestamp " + record.timestamp() + ", and the archive " + entry.timestamp());
        } else if ((entry.content().key() == null) != (record.key() == null)
                || (entry.content().value() == null) != (record.value() == null)) {
            wrong(entry.offset(), "either the topic or the archive has no key or no value of it");
        } else if (opener == null) {
            samePlace++;
        } else {
            compare(entry.offset(), opener.open(chain, entry), record);
        }
    }

    private void compare(long offset, OpenedRecord opened, ConsumerRecord<byte[], byte[]> record) {
        switch (opened.readability()) {
            case READABLE -> {
                if (isSame(opened, record)) {
                    same++;
                } else {
                    wrong(offset, "the topic has another key, other headers or another value");
                }
            }
            case DAMAGED -> wrong(offset, "its keys are there, and do not open it");
            case KEY_DESTROYED, NEVER_STORED -> {
                samePlace++;
                erased++;
            }
        }
    }

    private static boolean isSame(OpenedRecord opened, ConsumerRecord<byte[], byte[]> record) {
        var headers = record.headers().toArray();
        boolean same = Arrays.equals(opened.key(), record.key())
                && Arrays.equals(opened.value(), record.value())
                && headers.length == opened.headers().size();
        for (int i = 0; same && i < headers.length; i++) {
            var header = opened.headers().get(i);
            same = header.name().equals(headers[i].key()) && Arrays.equals(header.value(), headers[i].value());
        }
        return same;
    }

    void wrong(@Nullable Long offset, String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(Finding.Kind.TOPIC, chain.partition(), offset, name, what));
        }
    }

    long same() {
        return same;
    }

    long samePlace() {
        return samePlace;
    }

    long erased() {
        return erased;
    }

    long notRetained() {
        return notRetained;
    }

    List<Finding> findings() {
        return findings;
    }
}
