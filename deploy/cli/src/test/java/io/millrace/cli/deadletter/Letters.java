package io.millrace.cli.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Dead letters for tests. */
final class Letters {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Letters() {}

    static Letter letter(int partition, long offset, Instant time, String pipeline, String stage, String error) {
        return letter(partition, offset, time, headers(pipeline, stage, error), "{\"id\":1}");
    }

    static Letter letter(int partition, long offset, Instant time, List<Letter.Header> headers, String value) {
        return new Letter(partition, offset, time, headers, "key".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    static List<Letter.Header> headers(String pipeline, String stage, String error) {
        return headers(
                "dlq-source-topic", "dbserver1.public.users",
                "dlq-source-partition", "2",
                "dlq-source-offset", "9007199254740993",
                "dlq-source-timestamp", "1764000000000",
                "dlq-version", "36028797018963968",
                "dlq-pipeline", pipeline,
                "dlq-stage", stage,
                "dlq-error-class", error,
                "dlq-error-message", "field [age] refused",
                "dlq-attempt", "1");
    }

    static List<Letter.Header> headers(String... namesAndValues) {
        List<Letter.Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Letter.Header(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8)));
        }
        return headers;
    }

    static List<Letter.Header> join(List<Letter.Header> first, List<Letter.Header> second) {
        List<Letter.Header> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static List<String> names(Letter... letters) {
        return Arrays.stream(letters).map(Letter::position).toList();
    }
}
