package io.millrace.analytics.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.failure.DataException;
import io.millrace.testing.Mutations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEventTest {

    private static final int MUTATIONS = 10_000;

    private static final String EVENT = "{\"eventId\":\"e-1\",\"userId\":4711,\"type\":\"purchase\",\"nothing\":null,"
            + "\"timestamp\":\"2026-01-31T12:00:00.000Z\",\"amount\":\"19.90\",\"durationMs\":12.5,\"sent\":1769860800000,"
            + "\"experiment\":{\"id\":\"checkout\",\"variant\":\"né\"},\"isNew\":true,\"tags\":[1,{\"a\":[]}]}";

    private final PlainEvent plain = new PlainEvent(EventLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                EVENT,
                " {\"a\" : 1, \"b\": \"x\" ,\r\n\t\"a\":-0 } \n",
                "{\"a\":\"\",\"b\":\"2026-02-30T12:00:00.000Z\",\"c\":\"2026-01-31T12:00:00+01:00\"}",
                "{\"a\":12345678901234567890,\"b\":1e3,\"c\":-1,\"d\":1.5e300}",
                "{\"a\":{\"b\":{\"c\":{}}},\"d\":[[],[{}]]}",
                "{\"a\":0.001,\"b\":12.345,\"c\":12.3456,\"d\":86400000,\"e\":86400000.001,\"f\":100000000.5}",
                "{\"a\":-0.5,\"b\":-0.0,\"c\":-7,\"d\":12.5e1,\"e\":10000,\"f\":10001,\"g\":7.0,\"h\":\"7.25\"}",
            })
    void showsWhatAParserShows(String event) throws Exception {
        List<String> shown = new ArrayList<>();

        assertThat(plain.read(event.getBytes(UTF_8), showing(shown))).isTrue();

        assertThat(shown).isEqualTo(parsed(event.getBytes(UTF_8)));
    }

    @Test
    void showsThatOrNothingOfEventsThatAreWrongOrUnusual() throws Exception {
        int told = 0;

        for (byte[] mutated : new Mutations(7).of(EVENT, MUTATIONS).toList()) {
            List<String> shown = new ArrayList<>();
            if (plain.read(mutated, showing(shown))) {
                told++;
                assertThat(shown).as(new String(mutated, UTF_8)).isEqualTo(parsed(mutated));
            }
        }

        assertThat(told).isBetween(MUTATIONS / 50, MUTATIONS * 19 / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "{",
                "{\"a\":1}{}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":tru}",
                "{\"a\":\"\\u0041\"}",
                "{\"\\n\":1}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":[1, 2]}",
                "\uFEFF{\"a\":1}",
            })
    void leavesTheRestToAParser(String event) {
        assertThat(plain.read(event.getBytes(UTF_8), showing(new ArrayList<>())))
                .isFalse();
    }

    @Test
    void leavesAllToAParserThatKnowsAStricterDepth() {
        PlainEvent strict = new PlainEvent(new EventLimits(4_000, 16, Duration.ZERO));

        assertThat(strict.read("{}".getBytes(UTF_8), showing(new ArrayList<>())))
                .isFalse();
    }

    @Test
    void knowsNamesApartHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            byte[] event = ("{\"name " + i + "\":1,\"name " + i / 2 + "\":2}").getBytes(UTF_8);
            List<String> shown = new ArrayList<>();

            assertThat(plain.read(event, showing(shown))).isTrue();

            assertThat(shown).isEqualTo(parsed(event));
        }
    }

    /** Other texts take their places meanwhile. */
    @Test
    void knowsTextsApartHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            List<String> shown = new ArrayList<>();

            plain.read(("{\"a\":\"" + i + "\",\"b\":\"" + i / 2 + "\"}").getBytes(UTF_8), (name, value) -> {
                shown.add(value.known(8));
                shown.add(value.known(8));
            });

            String first = Integer.toString(i);
            String second = Integer.toString(i / 2);
            assertThat(shown).containsExactly(first, first, second, second);
        }
    }

    private static List<String> parsed(byte[] event) throws Exception {
        List<String> shown = new ArrayList<>();
        new EventJson(EventLimits.DEFAULT).read(event, showing(shown));
        return shown;
    }

    /** Writes down what each way to read a value tells, errors included. */
    private static EventJson.Fields showing(List<String> shown) {
        return (name, value) -> {
            shown.add(name + " text " + told(() -> value.text(256)));
            shown.add(name + " known " + told(() -> value.known(256)) + told(() -> value.known(8)));
            shown.add(name + " time " + told(value::time));
            shown.add(name + " amount " + told(value::amount));
            shown.add(name + " count " + told(() -> value.count(10_000)));
            shown.add(name + " micros " + told(value::millisAsMicros));
            shown.add(name + " fields "
                    + told(() -> {
                        value.object(showing(shown));
                        return "";
                    }));
        };
    }

    private interface Reading {
        Object read() throws IOException, DataException;
    }

    private static String told(Reading reading) throws IOException {
        try {
            return String.valueOf(reading.read());
        } catch (DataException e) {
            return e.getMessage();
        }
    }
}
