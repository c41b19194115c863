package io.millrace.common.serde.debezium;

import static io.millrace.common.serde.debezium.Messages.KEY;
import static io.millrace.common.serde.debezium.Messages.KEY_SCHEMA;
import static io.millrace.common.serde.debezium.Messages.ROW;
import static io.millrace.common.serde.debezium.Messages.SCHEMA;
import static io.millrace.common.serde.debezium.Messages.SOURCE;
import static io.millrace.common.serde.debezium.Messages.TOPIC;
import static io.millrace.common.serde.debezium.Messages.bytes;
import static io.millrace.common.serde.debezium.Messages.created;
import static io.millrace.common.serde.debezium.Messages.envelope;
import static io.millrace.common.serde.debezium.Messages.inTopic;
import static io.millrace.common.serde.debezium.Messages.record;
import static io.millrace.common.serde.debezium.Messages.version;
import static io.millrace.common.serde.debezium.Messages.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DataException;
import io.millrace.common.replay.Generations;
import io.millrace.common.serde.debezium.Parsed.Change;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HostileJsonTest {

    private final DebeziumJson parser = new DebeziumJson(JsonLimits.DEFAULT, new ChangeVersions(Generations.only(0)));

    @Test
    void refusesEveryMessageThatIsCutOff() {
        for (String whole : List.of(created(), wrapped(SCHEMA, created()))) {
            byte[] message = bytes(whole);
            for (int end = 0; end < message.length; end++) {
                assertThat(errorOf(value(Arrays.copyOf(message, end)))).isNotNull();
            }
        }
    }

    @Test
    void refusesEveryKeyThatIsCutOff() {
        byte[] key = bytes(wrapped(KEY_SCHEMA, KEY));
        for (int end = 0; end < key.length; end++) {
            byte[] cut = Arrays.copyOf(key, end);
            assertThat(errorOf(new ConsumedRecord(TOPIC, 0, 0, 0, cut, bytes(created()), List.of())))
                    .isNotNull();
        }
    }

    @Test
    void answersWhateverTheBytesAre() {
        Random random = new Random(7);
        for (int round = 0; round < 6_000; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertThat(errorOf(value(noise))).isNotNull();
        }
    }

    @Test
    void answersWhateverByteIsDamaged() {
        Random random = new Random(11);
        byte[] bare = bytes(created());
        byte[] wrapped = bytes(wrapped(SCHEMA, created()));
        for (int round = 0; round < 6_000; round++) {
            byte[] damaged = (round % 2 == 0 ? bare : wrapped).clone();
            for (int hit = 0; hit <= random.nextInt(3); hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> parseOrRefuse(value(damaged))).doesNotThrowAnyException();
        }
    }

    static Stream<String> brokenContracts() {
        return Stream.of(
                "",
                " ",
                "null",
                "1",
                "\"text\"",
                "[]",
                "{}",
                "{\"op\":\"c\"}",
                created() + created(),
                created() + "x",
                created().replace("\"op\":\"c\"", "\"op\":\"x\""),
                created().replace("\"op\":\"c\"", "\"op\":1"),
                created().replace("\"op\":\"c\"", "\"op\":\"c\",\"op\":\"d\""),
                created().replace("\"op\":\"c\"", "\"op\":\"\""),
                envelope("c", "null", "null", SOURCE),
                envelope("d", ROW, ROW, SOURCE),
                envelope("c", "null", "[1]", SOURCE),
                envelope("c", "\"x\"", ROW, SOURCE),
                envelope("c", "null", ROW, "null"),
                envelope("c", "null", ROW, "{}"),
                envelope("c", "null", ROW, "7"),
                envelope("c", "null", ROW, SOURCE.replace("\"lsn\":1000", "\"lsn\":-1")),
                envelope("c", "null", ROW, SOURCE.replace("\"lsn\":1000", "\"lsn\":99999999999999999999")),
                envelope("c", "null", ROW, SOURCE.replace("\"lsn\":1000", "\"lsn\":9223372036854775807")),
                envelope("c", "null", ROW, SOURCE.replace("\"lsn\":1000", "\"lsn\":1.5")),
                envelope("c", "null", ROW, SOURCE.replace("\"lsn\":1000", "\"lsn\":\"1000\"")),
                envelope("c", "null", ROW, SOURCE.replace("\"table\":\"users\"", "\"table\":null")),
                envelope("c", "null", ROW, SOURCE.replace("\"table\":\"users\"", "\"table\":[]")),
                envelope("c", "null", ROW, SOURCE.replace("[\\\"900", "\\\"900")),
                envelope("c", "null", ROW, SOURCE.replace("900", "9x0")),
                envelope("c", "null", ROW, SOURCE.replace("900", "-9")),
                envelope("c", "null", ROW, SOURCE.replace("\"snapshot\":\"false\"", "\"snapshot\":[]")),
                wrapped(SCHEMA, "null"),
                wrapped(SCHEMA, "[]"),
                wrapped("[]", created()),
                "{\"schema\":" + SCHEMA + "}",
                created().replace("{", "{{"));
    }

    @ParameterizedTest
    @MethodSource("brokenContracts")
    void refusesWhatBreaksTheContract(String value) {
        assertThat(errorOf(record(KEY, value))).isNotNull().doesNotContain("Zoë");
    }

    @ParameterizedTest
    @MethodSource("brokenContracts")
    void refusesKeysThatAreNone(String key) {
        if (!key.startsWith("{") || key.contains("{{") || key.endsWith("x")) {
            assertThat(errorOf(record(key, created()))).isNotNull();
        }
    }

    @Test
    void refusesARowWithoutAKey() {
        assertThat(errorOf(record(null, created()))).contains("has no key").contains("message.key.columns");
    }

    @Test
    void refusesAVersionThatIsNone() {
        for (String text : List.of("", "-1", "1x", "9223372036854775808", "1.0")) {
            assertThat(errorOf(record(KEY, created(), version(text)))).contains("millrace-version");
            assertThat(errorOf(record(KEY, null, version(text)))).contains("millrace-version");
        }
    }

    @Test
    void refusesATombstoneWhoseTableIsUnknown() {
        assertThat(errorOf(inTopic("users", KEY, null))).contains("<server>.<schema>.<table>");
    }

    @Test
    void readsSixtyFourLevelsAndNoMore() {
        assertThat(errorOf(record(KEY, nested(63)))).isNull();
        assertThat(errorOf(record(KEY, nested(64)))).contains("nested deeper than 64");
        assertThat(errorOf(record(KEY, nested(500_000)))).contains("nested deeper than 64");
        assertThat(errorOf(record("{\"a\":" + "[".repeat(100_000), created()))).contains("nested deeper than 64");
    }

    @Test
    void readsAMebibyteAndNoMore() {
        int frame = bytes(sized(0)).length;
        int limit = JsonLimits.DEFAULT.largestDocument();

        assertThat(errorOf(record(KEY, sized(limit - frame)))).isNull();
        assertThat(errorOf(record(KEY, sized(limit - frame + 1))))
                .isEqualTo("the value has 1048577 bytes; at most 1048576 are read");
        assertThat(errorOf(record("{\"id\":\"" + "x".repeat(limit) + "\"}", created())))
                .startsWith("the key has ");
    }

    @Test
    void refusesOtherEncodingsAndMarks() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            assertThat(errorOf(value(created().getBytes(charset)))).isNotNull();
        }
    }

    @Test
    void cutsRowsOutExactlyBehindAByteOrderMark() throws DataException {
        Parsed parsed = parser.parse(record(KEY, "\uFEFF" + created()));

        assertThat(((Change) parsed).change().after()).isEqualTo(bytes(ROW));
    }

    @Test
    void neverRepeatsThePayloadInAnError() {
        for (String secret : List.of("canary", "\"canary", "{\"canary\":}", "[canary]", "{\"op\":canary}")) {
            assertThat(errorOf(record(KEY, secret))).isNotNull().doesNotContain("canary");
            assertThat(errorOf(record(secret, created()))).isNotNull().doesNotContain("canary");
        }
    }

    private static String nested(int levels) {
        String row = "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
        return envelope("c", "null", row, SOURCE);
    }

    private static String sized(int filling) {
        return envelope("c", "null", "{\"a\":\"" + "x".repeat(filling) + "\"}", SOURCE);
    }

    private static ConsumedRecord value(byte[] value) {
        return new ConsumedRecord(TOPIC, 0, 0, 0, bytes(KEY), value, List.of());
    }

    /** A message that is read must have been cut at the right places. */
    private void parseOrRefuse(ConsumedRecord record) {
        try {
            if (parser.parse(record) instanceof Change parsed) {
                RowChange change = parsed.change();
                assertThat(change.after()).startsWith('{').endsWith('}');
                assertThat(change.key()).isEqualTo(bytes(KEY));
            }
        } catch (DataException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private String errorOf(ConsumedRecord record) {
        try {
            parser.parse(record);
            return null;
        } catch (DataException e) {
            return e.getMessage();
        }
    }
}
