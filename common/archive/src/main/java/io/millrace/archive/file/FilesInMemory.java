package io.millrace.archive.file;

import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NavigableMap;

/**
 * A folder in memory. A file that was opened stays what it is, whatever comes in its place.
 *
 * @param files the bytes of each, by its name
 */
public record FilesInMemory(NavigableMap<String, byte[]> files) implements ArchiveFolder {

    @Override
    public List<String> list(String folder) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public boolean has(String name) {
        return files.containsKey(name);
    }

    @Override
    public ArchiveFile open(String name) throws NoSuchFileException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new MemoryFile(bytes);
    }
}
