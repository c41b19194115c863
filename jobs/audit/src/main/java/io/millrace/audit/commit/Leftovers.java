package io.millrace.audit.commit;

import io.millrace.archive.file.FileName;
import io.millrace.archive.file.WritableFolder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of this archive that were written, and whose checkpoint never came: on a local disk they stay, hidden. An object
 * store has a rule of its own for uploads that are not completed.
 */
final class Leftovers {

    private static final Pattern HIDDEN = Pattern.compile("(.*/)\\.([^/]*\\.parquet)\\.inprogress\\..*");

    private final WritableFolder folder;

    Leftovers(WritableFolder folder) {
        this.folder = folder;
    }

    /** Removes those of a partition's day that is sealed: nobody will publish them. */
    void remove(int partition, LocalDate day) throws IOException {
        for (String name : folder.list(FileName.FOLDER + "/dt=" + day)) {
            if (target(name).filter(file -> file.partition() == partition).isPresent()) {
                folder.remove(name);
            }
        }
    }

    /** Returns what a hidden file would have become. */
    private static Optional<FileName> target(String name) {
        Matcher matcher = HIDDEN.matcher(name);
        return matcher.matches() ? FileName.of(matcher.group(1) + matcher.group(2)) : Optional.empty();
    }
}
