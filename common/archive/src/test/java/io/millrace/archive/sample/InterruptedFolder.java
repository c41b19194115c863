package io.millrace.archive.sample;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.ArchiveFolder;
import java.io.IOException;
import java.util.List;

/** A folder in which something happens between two glances at it. */
public final class InterruptedFolder implements ArchiveFolder {

    private final ArchiveFolder folder;
    private final int before;
    private final Happening happening;
    private int glances;

    /** What happens. */
    @FunctionalInterface
    public interface Happening {
        void run() throws IOException;
    }

    /** @param before which glance it happens, counted from 1 */
    public InterruptedFolder(ArchiveFolder folder, int before, Happening happening) {
        this.folder = folder;
        this.before = before;
        this.happening = happening;
    }

    private void glance() throws IOException {
        glances++;
        if (glances == before) {
            happening.run();
        }
    }

    /** Returns how often it was looked at. */
    public int glances() {
        return glances;
    }

    @Override
    public List<String> list(String top) throws IOException {
        glance();
        return folder.list(top);
    }

    @Override
    public boolean has(String name) throws IOException {
        glance();
        return folder.has(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        glance();
        return folder.open(name);
    }
}
