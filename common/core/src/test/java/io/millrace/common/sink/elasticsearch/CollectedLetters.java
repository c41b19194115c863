package io.millrace.common.sink.elasticsearch;

import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps dead letters, or fails to. */
final class CollectedLetters implements DeadLetterWriter {

    final List<DeadLetter> letters = new ArrayList<>();

    @Nullable
    IOException failure;

    boolean closed;

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
