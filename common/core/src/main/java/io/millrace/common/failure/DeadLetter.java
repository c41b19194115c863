package io.millrace.common.failure;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.Redriven;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What could not be processed, with its original bytes and why.
 *
 * @param record the bytes and where they stood. For a change captured from Postgres: the record that would have
 *     been written, with partition -1 and the LSN as offset
 * @param version the version of the write, or -1 if none was decided
 * @param pipeline the configured name of the job, such as {@code cdc-sync}
 * @param stage where it failed, such as {@code parse} or {@code elasticsearch.users}
 * @param errorClass the class of the error, or the target's own name for it
 * @param errorMessage what went wrong, without payload
 * @param attempt 1 for the first time; a redrive counts up
 */
@TypeInfo(DeadLetterTypeInfo.Factory.class)
public record DeadLetter(
        ConsumedRecord record,
        long version,
        String pipeline,
        String stage,
        String errorClass,
        @Nullable String errorMessage,
        int attempt) {

    /** The letter of a record that failed now; one that was a dead letter before is on a further attempt. */
    public static DeadLetter of(
            ConsumedRecord record,
            long version,
            String pipeline,
            String stage,
            String errorClass,
            @Nullable String errorMessage) {
        return new DeadLetter(
                Redriven.original(record),
                version,
                pipeline,
                stage,
                errorClass,
                errorMessage,
                Redriven.attempt(record));
    }
}
