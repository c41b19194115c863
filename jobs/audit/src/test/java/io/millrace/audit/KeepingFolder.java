package io.millrace.audit;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;

/** A folder into which everything can be written and out of which nothing can be removed. */
public final class KeepingFolder implements WritableFolder {

    private final WritableFolder folder;
    private final List<String> created = new ArrayList<>();

    public KeepingFolder(WritableFolder folder) {
        this.folder = folder;
    }

    /** Returns the name of each file that was begun, as often as it was. */
    public List<String> created() {
        return created;
    }

    @Override
    public List<String> list(String name) throws IOException {
        return folder.list(name);
    }

    @Override
    public boolean has(String name) throws IOException {
        return folder.has(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return folder.open(name);
    }

    @Override
    public NewFile create(String name) throws IOException {
        created.add(name);
        return folder.create(name);
    }

    @Override
    public void remove(String name) throws IOException {
        throw new AccessDeniedException(name);
    }
}
