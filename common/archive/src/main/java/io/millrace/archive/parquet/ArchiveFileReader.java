package io.millrace.archive.parquet;

import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.file.ArchiveFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of the archive, and refuses any that its writer cannot have written. It holds one row group in memory.
 */
public final class ArchiveFileReader {

    private static final int TAIL = Integer.BYTES + ArchiveFileWriter.MAGIC.length;
    private static final int LARGEST_FOOTER = 64 << 20;

    private final ArchiveFile file;
    private final FileMetadata metadata;

    private ArchiveFileReader(ArchiveFile file, FileMetadata metadata) {
        this.file = file;
        this.metadata = metadata;
    }

    /**
     * Reads a file's metadata.
     *
     * @param file stays open, and the caller's
     * @throws ParquetFormatException if it is no file of the archive, or not the whole of one
     */
    public static ArchiveFileReader of(ArchiveFile file) throws IOException {
        int magic = ArchiveFileWriter.MAGIC.length;
        if (file.size() < magic + TAIL
                || !isMagic(file.read(0, magic))
                || !isMagic(file.read(file.size() - magic, magic))) {
            throw new ParquetFormatException("it is no whole Parquet file: its first and last bytes do not say PAR1");
        }
        long length = ByteBuffer.wrap(file.read(file.size() - TAIL, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        long footer = file.size() - TAIL - length;
        if (length < 0 || length > LARGEST_FOOTER || footer < magic) {
            throw new ParquetFormatException("its metadata would have " + length + " bytes");
        }
        FileMetadata metadata = FileMetadata.read(file.read(footer, (int) length));
        metadata.checkPlaces(footer);
        return new ArchiveFileReader(file, metadata);
    }

    private static boolean isMagic(byte[] bytes) {
        return Arrays.equals(bytes, ArchiveFileWriter.MAGIC);
    }

    /** Returns how many rows the metadata claims. */
    public long rows() {
        return metadata.rows();
    }

    /** Returns what the writer noted about the file. */
    public Map<String, String> texts() {
        return metadata.texts();
    }

    /** Gives each row to a consumer, in order. */
    public void read(RowConsumer consumer) throws IOException {
        for (FileMetadata.Group group : metadata.groups()) {
            List<ColumnPage> pages = pages(group);
            for (int row = 0; row < group.rows(); row++) {
                consumer.accept(row(pages.iterator()));
            }
            for (ColumnPage page : pages) {
                page.checkEnd();
            }
        }
    }

    private List<ColumnPage> pages(FileMetadata.Group group) throws IOException {
        List<ColumnPage> pages = new ArrayList<>();
        for (int column = 0; column < Columns.ALL.size(); column++) {
            FileMetadata.Place place = group.places().get(column);
            byte[] bytes = file.read(place.position(), place.size());
            pages.add(new ColumnPage(Columns.ALL.get(column), bytes, group.rows()));
        }
        return pages;
    }

    private static Row row(Iterator<ColumnPage> pages) throws ParquetFormatException {
        int partition = (int) pages.next().nextNumber();
        long offset = pages.next().nextNumber();
        long timestamp = pages.next().nextNumber();
        Fields fields = fields(pages);
        Content content = new Content(
                pages.next().nextOptionalBytes(),
                pages.next().nextBytes(),
                pages.next().nextOptionalBytes());
        Entry entry = new Entry(
                offset,
                timestamp,
                content,
                fields,
                pages.next().nextHash(),
                pages.next().nextHash(),
                pages.next().nextHash());
        return new Row(partition, entry);
    }

    private static Fields fields(Iterator<ColumnPage> pages) throws ParquetFormatException {
        Long eventTime = pages.next().nextOptionalNumber();
        String kind = new String(pages.next().nextBytes(), StandardCharsets.UTF_8);
        return new Fields(
                kind(kind),
                eventTime,
                pages.next().nextOptionalText(),
                pages.next().nextOptionalText(),
                pages.next().nextOptionalText(),
                pages.next().nextOptionalText(),
                pages.next().nextOptionalText(),
                pages.next().nextOptionalText());
    }

    private static Kind kind(String text) throws ParquetFormatException {
        try {
            return Kind.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParquetFormatException("column kind has '" + text + "'");
        }
    }

    /** A row of a file. */
    public record Row(int partition, Entry entry) {}

    /** Takes the rows of a file. */
    @FunctionalInterface
    public interface RowConsumer {

        /** Takes the next one. */
        void accept(Row row) throws IOException;
    }
}
