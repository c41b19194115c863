package io.millrace.audit.chain;

import io.millrace.archive.chain.Content;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import java.util.List;

/**
 * Dead letters of records that may be about somebody: key and value are those of the archive, encrypted by the same key.
 * Whoever is erased is gone from the dead letters, too.
 */
public final class EncryptedLetters {

    /** Where a letter says that it failed. */
    public static final String STAGE = "parse";

    /** The header that holds all headers of the record, in the archive's form. */
    public static final String HEADERS = "audit-headers";

    private EncryptedLetters() {}

    static DeadLetter of(ConsumedRecord record, Content stored, String pipeline, DataException why) {
        ConsumedRecord kept = new ConsumedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                stored.key(),
                stored.value(),
                List.of(new ConsumedRecord.Header(HEADERS, stored.headers())));
        return DeadLetter.of(
                kept, RowChange.UNVERSIONED, pipeline, STAGE, why.getClass().getName(), why.getMessage());
    }
}
