package io.millrace.audit.preflight;

import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.write.Manifests;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.folder.PendingFiles;
import io.millrace.common.config.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A folder answers in time, can be written, and the archive in it is this one. */
public final class FolderCheck {

    private static final String REMEDY =
            "; make the folder or the bucket, and let the job write, read, list and delete in it";

    private static final String ADDING = "; make the folder or the bucket, and let the job write, read and list in it";

    private final InTime inTime;
    private final Opening opening;
    private final Problems problems;

    /**
     * Makes it.
     *
     * @param patience how long a folder may take to answer
     */
    public FolderCheck(Duration patience, Problems problems) {
        this(patience, Folders::open, problems);
    }

    FolderCheck(Duration patience, Opening opening, Problems problems) {
        this.inTime = new InTime(patience);
        this.opening = opening;
        this.problems = problems;
    }

    /** Opens the folder of an address. */
    @FunctionalInterface
    interface Opening {

        WritableFolder open(String address) throws IOException;
    }

    /** Writes a file that readers skip, and removes it; says whether that could be done. */
    public boolean requireWritable(String path, String address) {
        return holds(path, "is not writable at " + address, REMEDY, () -> {
            WritableFolder folder = opening.open(address);
            String probe = Folders.probe(folder);
            folder.remove(probe);
            return probe;
        });
    }

    /**
     * Writes a file that readers skip, and removes it if that is allowed: a witness that keeps everything for ever is the
     * best. Says whether it could be written.
     */
    public boolean requireAddable(String path, String address) {
        return holds(path, "is not writable at " + address, ADDING, () -> {
            WritableFolder folder = opening.open(address);
            String probe = Folders.probe(folder);
            try {
                folder.remove(probe);
            } catch (IOException e) {
                problems.note(path, "keeps the file " + probe + " of this check, because nothing may be deleted there");
            }
            return probe;
        });
    }

    /** Reads the manifest of the topic's first partition, which says whose archive it is; says whether it is this one. */
    public boolean requireOwn(String path, String address, String archive, String topic) {
        return holds(path, "cannot be used at " + address, "", () -> {
            PendingFiles.of(address);
            return new Manifests(opening.open(address), archive, topic).read(0);
        });
    }

    private boolean holds(String path, String wrong, String remedy, Callable<?> question) {
        try {
            inTime.ask(question);
            return true;
        } catch (ExecutionException e) {
            problems.add(path, wrong + ": " + InTime.why(e) + remedy);
        } catch (TimeoutException e) {
            problems.add(
                    path,
                    wrong + ": no answer within " + inTime.patience().toSeconds()
                            + " s; see whether it is reached from where the job is submitted. For an object store these are"
                            + " `s3.endpoint` and its keys in Flink's configuration, and `s3.path.style.access: true` for"
                            + " one that is not Amazon's; Flink's log has what the store answered");
        }
        return false;
    }
}
