package io.millrace.common.event;

import io.millrace.common.event.ConsumedRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a record that it was a dead letter and is processed again. Two headers in front of its own say so from where
 * it was read to where it may fail again; a dead letter never shows them.
 */
public final class Redriven {

    private static final String ATTEMPT = "millrace-redriven-attempt";
    private static final String VERSION = "millrace-redriven-version";

    private Redriven() {}

    /**
     * Marks a record that stands where it was read first.
     *
     * @param attempt 2 or higher
     * @param version that was given the first time, or {@link RowChange#UNVERSIONED}
     */
    public static ConsumedRecord mark(ConsumedRecord record, int attempt, long version) {
        List<Header> headers = new ArrayList<>(record.headers().size() + 2);
        headers.add(header(ATTEMPT, attempt));
        headers.add(header(VERSION, version));
        headers.addAll(record.headers());
        return withHeaders(record, headers);
    }

    /** Tells whether the record is processed again; null, which a change captured here has, is not. */
    public static boolean is(@Nullable ConsumedRecord record) {
        return record != null
                && record.headers().size() >= 2
                && record.headers().get(0).name().equals(ATTEMPT)
                && record.headers().get(1).name().equals(VERSION);
    }

    /** Returns which attempt this is: 1 unless the record is processed again. */
    public static int attempt(ConsumedRecord record) {
        return is(record) ? (int) number(record, 0, 1) : 1;
    }

    /** Returns the version that was given the first time; {@link RowChange#UNVERSIONED} if none was. */
    public static long version(ConsumedRecord record) {
        return is(record) ? number(record, 1, RowChange.UNVERSIONED) : RowChange.UNVERSIONED;
    }

    /** Returns the record as it was read first. */
    public static ConsumedRecord original(ConsumedRecord record) {
        return is(record)
                ? withHeaders(
                        record, record.headers().subList(2, record.headers().size()))
                : record;
    }

    private static ConsumedRecord withHeaders(ConsumedRecord record, List<Header> headers) {
        return new ConsumedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                List.copyOf(headers));
    }

    private static Header header(String name, long number) {
        return new Header(name, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** Somebody else's headers of these names may hold anything. */
    private static long number(ConsumedRecord record, int place, long otherwise) {
        byte[] text = record.headers().get(place).value();
        try {
            return Long.parseLong(new String(text == null ? new byte[0] : text, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
