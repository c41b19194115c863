package io.millrace.audit.write;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.digest.SealedFile;
import io.millrace.audit.folder.PendingUpload;
import java.time.LocalDate;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What is to be committed after the next checkpoint: a file, or the end of a day. Those of a partition are in their order.
 *
 * @param day of the file, or the one that ends
 * @param file null at the end of a day
 */
@TypeInfo(PendingTypeInfo.Factory.class)
public record Pending(
        int partition, LocalDate day, @Nullable File file) {

    /**
     * A file that is written, and that nobody sees.
     *
     * @param previousHash of the record before its first
     */
    public record File(SealedFile file, Hash previousHash, PendingUpload upload) {}

    /** Returns a day's end. */
    public static Pending endOf(int partition, LocalDate day) {
        return new Pending(partition, day, null);
    }
}
