package io.millrace.archive.file;

import java.io.IOException;

/** Where an archive's files are, for who writes them. */
public interface WritableFolder extends ArchiveFolder {

    /** Begins a file; the caller finishes and closes it. */
    NewFile create(String name) throws IOException;

    /** Removes a file, if it is there. */
    void remove(String name) throws IOException;

    /** Writes a small file, in the place of any that was. */
    default void replace(String name, byte[] bytes) throws IOException {
        try (NewFile file = create(name)) {
            file.stream().write(bytes);
            file.finish();
        }
    }
}
