package io.millrace.archive.sample;

import io.millrace.archive.file.ArchiveFile;
import io.millrace.archive.file.NewFile;
import io.millrace.archive.file.WritableFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A folder whose machine dies after some changes: what was changed stays, and nothing is changed any longer. */
public final class FailingFolder implements WritableFolder {

    private final WritableFolder folder;
    private int changesLeft = Integer.MAX_VALUE;

    public FailingFolder(WritableFolder folder) {
        this.folder = folder;
    }

    /** Lets the machine die before the next change but so many. */
    public void dieAfter(int changes) {
        changesLeft = changes;
    }

    public void revive() {
        changesLeft = Integer.MAX_VALUE;
    }

    private void change() throws IOException {
        if (changesLeft == 0) {
            throw new IOException("the machine is dead");
        }
        changesLeft--;
    }

    @Override
    public NewFile create(String name) throws IOException {
        change();
        NewFile file = folder.create(name);
        return new NewFile() {
            @Override
            public OutputStream stream() {
                return file.stream();
            }

            @Override
            public void finish() throws IOException {
                change();
                file.finish();
            }

            @Override
            public void close() throws IOException {
                // a dead machine tidies nothing up
                if (changesLeft > 0) {
                    file.close();
                }
            }
        };
    }

    @Override
    public void remove(String name) throws IOException {
        change();
        folder.remove(name);
    }

    @Override
    public List<String> list(String top) throws IOException {
        return folder.list(top);
    }

    @Override
    public boolean has(String name) throws IOException {
        return folder.has(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        return folder.open(name);
    }
}
