package io.millrace.common.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps dead letters, or fails to. */
public final class CollectedLetters implements DeadLetterWriter {

    public final List<DeadLetter> letters = new ArrayList<>();

    @Nullable
    public IOException failure;

    public boolean closed;

    @Override
    public void write(List<DeadLetter> written) throws IOException {
        if (failure != null) {
            throw failure;
        }
        letters.addAll(written);
    }

    @Override
    public void close() {
        closed = true;
    }
}
