package io.millrace.common.failure;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Dead letters that tests write. */
public final class Letters {

    private Letters() {}

    public static DeadLetter withValue(byte[] value) {
        return of(new ConsumedRecord(
                "dbserver1.public.users",
                3,
                42,
                1_700_000_000_000L,
                bytes("{\"id\":7}"),
                value,
                List.of(new Header("correlation-id", bytes("c-1")), new Header("empty", null))));
    }

    public static DeadLetter of(ConsumedRecord record) {
        return new DeadLetter(record, 5, "cdc-sync", "parse", "io.millrace.Bad", "no comma at 17", 1);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
