package io.millrace.cli.audit;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.parquet.ArchiveFileReader;
import io.millrace.archive.parquet.ArchiveFileReader.Row;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One byte of one record that was changed.
 *
 * @param partition of the record
 * @param offset of the record
 * @param file that it is in
 */
public record WrongByte(int partition, long offset, String file) {

    /**
     * Changes the last byte of what was stored of some record's value.
     *
     * @param archive the folder of an archive, or of a copy of one
     */
    public static WrongByte in(Path archive) throws IOException {
        LocalFolder folder = new LocalFolder(archive);
        for (String name : folder.list(FileName.FOLDER)) {
            if (!ArchiveFolder.isHidden(name)) {
                List<Row> rows = new ArrayList<>();
                try (ArchiveFile file = folder.open(name)) {
                    ArchiveFileReader.of(file).read(rows::add);
                }
                // the middle one: what stands before and behind it must not be named
                List<Row> some = rows.stream()
                        .filter(row -> row.entry().content().value() != null)
                        .toList();
                if (some.size() > 2) {
                    return in(archive.resolve(name), name, some.get(some.size() / 2));
                }
            }
        }
        throw new CommandFailure("the archive in " + archive + " has no file of more than two records");
    }

    private static WrongByte in(Path file, String name, Row row) throws IOException {
        byte[] stored = row.entry().content().value();
        byte[] bytes = Files.readAllBytes(file);
        int at = stored == null ? -1 : find(bytes, stored);
        if (at < 0 || stored == null) {
            throw new CommandFailure("record " + row.entry().offset() + " of " + file + " is not stored as it is read");
        }
        bytes[at + stored.length - 1] ^= 1;
        Files.write(file, bytes);
        return new WrongByte(row.partition(), row.entry().offset(), name);
    }

    private static int find(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Copies an archive, and changes a byte in the copy. */
    public static WrongByte inCopy(Path archive, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(archive)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(archive.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return in(copy);
    }

    /** Returns the record, as {@code partition-offset}. */
    public String record() {
        return partition + "-" + offset;
    }
}
