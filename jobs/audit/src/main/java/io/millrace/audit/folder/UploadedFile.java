package io.millrace.audit.folder;

import io.millrace.archive.file.NewFile;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;

/** A file that is there once its upload is completed. */
final class UploadedFile implements NewFile {

    private final RecoverableFsDataOutputStream stream;
    private boolean finished;

    UploadedFile(RecoverableFsDataOutputStream stream) {
        this.stream = stream;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void finish() throws IOException {
        RecoverableFsDataOutputStream.Committer committer = stream.closeForCommit();
        finished = true;
        committer.commit();
    }

    @Override
    public void close() throws IOException {
        // closed for its commit, it is not to be closed again
        if (!finished) {
            stream.close();
        }
    }
}
