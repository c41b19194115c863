package io.millrace.audit.chain;

import io.millrace.archive.chain.Entry;
import java.time.LocalDate;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What an archive's partition goes on by: a record, or the end of a day. Steps of a partition are in their order.
 *
 * @param day of the record, or the one that ends
 * @param entry null at the end of a day
 */
@TypeInfo(StepTypeInfo.Factory.class)
public record Step(int partition, LocalDate day, @Nullable Entry entry) {

    public static Step record(int partition, LocalDate day, Entry entry) {
        return new Step(partition, day, entry);
    }

    public static Step endOf(int partition, LocalDate day) {
        return new Step(partition, day, null);
    }
}
