package io.millrace.archive.parquet;

import io.millrace.archive.bytes.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file's metadata, which must say what the archive's writer says. */
record FileMetadata(long rows, List<Group> groups, Map<String, String> texts) {

    /** A row group: where the page of each column is. */
    record Group(int rows, List<Place> places) {}

    /** Where a page with its header is. */
    record Place(long position, int size) {}

    static FileMetadata read(byte[] footer) throws ParquetFormatException {
        ThriftStruct file = new ThriftReader(footer).struct();
        checkSchema(file.structs(2));
        List<Group> groups = new ArrayList<>();
        for (ThriftStruct group : file.structs(4)) {
            groups.add(group(group));
        }
        Map<String, String> texts = new HashMap<>();
        for (ThriftStruct text : file.structs(5)) {
            texts.put(text.text(1), text.text(2));
        }
        return new FileMetadata(file.number(3), groups, texts);
    }

    private static void checkSchema(List<ThriftStruct> elements) throws ParquetFormatException {
        List<String> found = new ArrayList<>();
        for (ThriftStruct element : elements.subList(Math.min(1, elements.size()), elements.size())) {
            found.add(described(element));
        }
        List<String> wanted = Columns.ALL.stream().map(FileMetadata::described).toList();
        if (!found.equals(wanted)) {
            throw new ParquetFormatException("its columns are " + found + ", and not " + wanted);
        }
    }

    private static String described(ThriftStruct element) throws ParquetFormatException {
        return element.text(4) + ":" + element.number(1, -1) + ":" + element.number(2, 0) + ":" + element.number(3, -1);
    }

    private static String described(Column column) {
        int length = column.type() == ColumnType.HASH ? Hash.LENGTH : 0;
        return column.name() + ":" + column.type().physical() + ":" + length + ":" + (column.optional() ? 1 : 0);
    }

    private static Group group(ThriftStruct group) throws ParquetFormatException {
        List<ThriftStruct> chunks = group.structs(1);
        long rows = group.number(3);
        if (chunks.size() != Columns.ALL.size() || rows < 1 || rows > Integer.MAX_VALUE) {
            throw new ParquetFormatException(
                    "it has a row group of " + rows + " rows in " + chunks.size() + " columns, which none can have");
        }
        List<Place> places = new ArrayList<>();
        for (ThriftStruct chunk : chunks) {
            places.add(place(chunk.struct(3)));
        }
        if (rows > places.get(0).size() / Integer.BYTES) {
            throw new ParquetFormatException("it has a row group of " + rows + " rows, more than its bytes can hold");
        }
        return new Group((int) rows, places);
    }

    private static Place place(ThriftStruct chunk) throws ParquetFormatException {
        long size = chunk.number(7);
        if (chunk.number(4) != Footer.UNCOMPRESSED || size < 0 || size > Integer.MAX_VALUE - 8) {
            throw new ParquetFormatException("it has a column that is compressed, or of " + size + " bytes");
        }
        return new Place(chunk.number(9), (int) size);
    }

    /**
     * Checks that the pages follow each other from the file's first byte to its metadata: there is nothing in a file that
     * no row shows.
     */
    void checkPlaces(long footer) throws ParquetFormatException {
        long at = ArchiveFileWriter.MAGIC.length;
        for (Group group : groups) {
            for (Place place : group.places()) {
                if (place.position() != at) {
                    throw new ParquetFormatException(
                            "it has a page at byte " + place.position() + ", and not at " + at);
                }
                at += place.size();
            }
        }
        if (at != footer) {
            throw new ParquetFormatException("its pages end at byte " + at + ", its metadata begins at " + footer);
        }
    }
}
