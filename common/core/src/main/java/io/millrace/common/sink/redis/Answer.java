package io.millrace.common.sink.redis;

import org.jspecify.annotations.Nullable;

/**
 * What came of one write.
 *
 * @param applied false if the write was stale
 * @param error null if Redis did what it was asked
 */
record Answer(boolean applied, @Nullable Throwable error) {

    static final Answer APPLIED = new Answer(true, null);
    static final Answer STALE = new Answer(false, null);

    static Answer failed(Throwable error) {
        return new Answer(false, error);
    }
}
