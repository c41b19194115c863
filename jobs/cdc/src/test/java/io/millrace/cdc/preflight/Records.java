package io.millrace.cdc.preflight;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as a capture writes them, without the wrapper of the schema. */
final class Records {

    private Records() {}

    static ConsumedRecord change(String topic, long version, String table, String after) {
        return record(topic, version, "{\"id\":1}", envelope("c", table, after, "false"));
    }

    static ConsumedRecord delete(String topic, long version, String table) {
        return record(topic, version, "{\"id\":1}", envelope("d", table, "null", "false"));
    }

    static ConsumedRecord swept(String topic, long version, String table) {
        return record(topic, version, "{\"id\":1}", envelope("d", table, "null", "true"));
    }

    static ConsumedRecord tombstone(String topic, long version) {
        return record(topic, version, "{\"id\":1}", null);
    }

    /**
     * Returns a record.
     *
     * @param version also the record's time; none is written below 0
     */
    static ConsumedRecord record(String topic, long version, String key, @Nullable String value) {
        List<Header> headers = version < 0
                ? List.of()
                : List.of(new Header("millrace-version", Long.toString(version).getBytes(UTF_8)));
        return new ConsumedRecord(
                topic, 0, 0, version, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), headers);
    }

    static String envelope(String op, String table, String after, String snapshot) {
        String[] name = table.split("\\.", 2);
        return "{\"before\":null,\"after\":" + after + ",\"source\":{\"snapshot\":\"" + snapshot + "\",\"schema\":\""
                + name[0] + "\",\"table\":\"" + name[1] + "\",\"lsn\":7},\"op\":\"" + op + "\",\"ts_ms\":1}";
    }
}
