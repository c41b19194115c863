package io.millrace.archive.file;

import java.io.IOException;
import java.util.List;

/** Where an archive's files are. Names are relative to it, with slashes. */
public interface ArchiveFolder {

    /** Says whether a file is one that is being written, or was when its machine died: readers leave it out. */
    static boolean isHidden(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.startsWith(".") || file.startsWith("_");
    }

    /** Returns the names of all files at or below a folder, sorted; none if there is no such folder. */
    List<String> list(String folder) throws IOException;

    /** Says whether there is such a file. */
    boolean has(String name) throws IOException;

    /**
     * Opens a file; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    ArchiveFile open(String name) throws IOException;

    /** Returns all bytes of a small file, of at most some bytes. */
    default byte[] read(String name, int most) throws IOException {
        try (ArchiveFile file = open(name)) {
            if (file.size() > most) {
                throw new IOException(name + " has " + file.size() + " bytes; such a file has at most " + most);
            }
            return file.read(0, (int) file.size());
        }
    }
}
