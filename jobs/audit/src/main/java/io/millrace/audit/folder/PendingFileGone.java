package io.millrace.audit.folder;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that was written whole, and counted on by a checkpoint, is not there any longer to get its name. */
public final class PendingFileGone extends IOException {

    private static final long serialVersionUID = 1L;

    PendingFileGone(String message, @Nullable IOException cause) {
        super(message, cause);
    }
}
