package io.millrace.archive.parquet;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries of one partition, in their order, as a file of the archive. The same entries give the same bytes. It
 * holds one row group in memory, and neither flushes nor closes the stream.
 */
public final class ArchiveFileWriter {

    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** From this size in bytes on, a row group ends; fixed, because a file's bytes depend on it. */
    private static final int ROW_GROUP = 8 << 20;

    private final OutputStream out;
    private final ChainId chain;
    private final MessageDigest sha256 = Sha256.digest();
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ColumnBuffer> columns =
            Columns.ALL.stream().map(ColumnBuffer::new).toList();
    private int next;
    private long position;
    private long buffered;

    /** Begins a file, of which nothing is in the stream yet. */
    public ArchiveFileWriter(OutputStream out, ChainId chain) throws IOException {
        this.out = out;
        this.chain = chain;
        write(MAGIC);
    }

    /** Adds an entry, whose offset is greater than the one before. */
    public void add(Entry entry) throws IOException {
        next = 0;
        column().addInt(chain.partition());
        column().addLong(entry.offset());
        column().addLong(entry.timestamp());
        add(entry.fields());
        add(entry.content());
        column().addBytes(entry.previousHash().bytes());
        column().addBytes(entry.hash().bytes());
        column().addBytes(entry.rowHash().bytes());
        buffered = columnsSize();
        if (buffered >= ROW_GROUP) {
            endGroup();
        }
    }

    private void add(Fields fields) {
        if (fields.eventTime() == null) {
            column().addNull();
        } else {
            column().addLong(fields.eventTime());
        }
        addText(fields.kind().text());
        addText(fields.eventId());
        addText(fields.eventType());
        addText(fields.userId());
        addText(fields.accessedBy());
        addText(fields.resourceId());
        addText(fields.metadata());
    }

    private void add(Content content) {
        addBytes(content.key());
        addBytes(content.headers());
        addBytes(content.value());
    }

    private ColumnBuffer column() {
        return columns.get(next++);
    }

    private void addText(@Nullable String value) {
        addBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private void addBytes(byte @Nullable [] value) {
        if (value == null) {
            column().addNull();
        } else {
            column().addBytes(value);
        }
    }

    /** Returns about how many bytes the file has so far. */
    public long size() {
        return position + buffered;
    }

    /** For each record: a loop, and no stream. */
    private long columnsSize() {
        long size = 0;
        for (ColumnBuffer column : columns) {
            size += column.size();
        }
        return size;
    }

    /** Writes what is left, and returns the file's SHA-256; {@link #size} is then exact. */
    public Hash finish() throws IOException {
        if (columns.get(0).rows() > 0) {
            endGroup();
        }
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("millrace.audit.format", "1");
        metadata.put("millrace.audit.archive", chain.archive());
        metadata.put("millrace.audit.topic", chain.topic());
        byte[] footer = Footer.write(groups, metadata);
        write(footer);
        write(LittleEndianBytes.of(footer.length));
        write(MAGIC);
        return Hash.of(sha256.digest());
    }

    private void endGroup() throws IOException {
        List<RowGroup.Chunk> chunks = new ArrayList<>();
        int rows = columns.get(0).rows();
        long begin = position;
        for (ColumnBuffer column : columns) {
            long from = position;
            column.endRun();
            write(Footer.pageHeader(rows, column.pageSize()));
            column.writePage(this::write);
            chunks.add(column.chunk(from, position - from));
            column.clear();
        }
        buffered = 0;
        groups.add(new RowGroup(rows, position - begin, chunks));
    }

    private void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        sha256.update(bytes, from, length);
        position += length;
    }
}
