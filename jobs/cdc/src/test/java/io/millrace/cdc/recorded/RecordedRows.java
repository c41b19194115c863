package io.millrace.cdc.recorded;

import io.millrace.common.serde.declared.DecimalHandling;
import io.millrace.common.serde.declared.TimePrecision;
import java.util.Map;

/**
 * The rows that the recorded database held in the end, as documents with decimals as numbers: the same in every dress,
 * but for what a dress does not tell.
 */
final class RecordedRows {

    private static final String LARGE = "x".repeat(2100);

    private final RecordedTopics topics;

    RecordedRows(RecordedTopics topics) {
        this.topics = topics;
    }

    /** Returns the rows of each table by their keys. */
    Map<String, Map<String, String>> all() {
        return Map.of(
                "public.kinds", Map.of("{\"id\":2}", little(), "{\"id\":3}", full()),
                "public.notes", notes(),
                "public.bookings",
                        Map.of(
                                "{\"day\":\"2024-03-01\",\"seat\":8}",
                                "{\"day\":\"2024-03-01\",\"seat\":8,\"guest\":\"Bob\"}"),
                "public.whole", Map.of("{\"id\":1}", "{\"id\":1,\"body\":\"after\"}"),
                "public.emptied", Map.of("{\"id\":1}", "{\"id\":1}"));
    }

    /** The change after 3's first one has a placeholder; the session that committed last has 5. */
    private static Map<String, String> notes() {
        return Map.of(
                "{\"id\":2}", "{\"id\":2,\"body\":\"two\",\"size\":2}",
                "{\"id\":3}", "{\"id\":3,\"body\":\"" + LARGE + "\",\"size\":3}",
                "{\"id\":5}", "{\"id\":5,\"body\":\"won\",\"size\":5}",
                "{\"id\":30}", "{\"id\":30,\"body\":\"moved\",\"size\":1}",
                "{\"id\":99}", "{\"id\":99,\"body\":\"the end\",\"size\":0}");
    }

    private String full() {
        return "{\"id\":3,\"small\":-7,\"whole\":2147483647,\"grade\":8,\"exact\":"
                + number("12345678901234567890.0000000001", "1.2345678901234567E19") + ",\"price\":"
                + number("1234567890123456.7890", "1.2345678901234568E15") + ",\"share\":" + number("99.50", "99.5")
                + ",\"paid\":" + money() + ",\"ratio\":0.1,\"single\":1.5,\"flag\":true,\"title\":\"a\\\"b ü€😀\","
                + "\"code\":\"code\",\"fixed\":\"c  \",\"born\":\"2024-02-29\",\"opens\":\"10:11:12."
                + digits("123456") + "\",\"opens3\":\"10:11:12.123\",\"made\":\"2024-02-29T10:11:12."
                + digits("123456") + "\",\"made3\":\"2024-02-29T10:11:12.123\","
                + "\"seen\":\"2024-02-29T08:11:12.123456Z\",\"lasts\":3600000000,"
                + "\"ref\":\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\",\"doc\":{\"b\":[1.10]},\"raw\":\"AP8Q\","
                + "\"feels\":\"so so\",\"bits\":" + bits() + ",\"tags\":[\"a,b\",null],\"counts\":[1,null,3],"
                + "\"prices\":[" + number("1.50", "1.5") + "],\"days\":[\"2024-02-29\"],\"host\":\"10.1.2.3/8\"}";
    }

    /** Its {@code grade} is null: Connect's converter puts the column's default in place of a null. */
    private String little() {
        return "{\"id\":2,\"small\":null,\"whole\":0,\"grade\":7,\"exact\":null,\"price\":"
                + number("0.0001", "1.0E-4") + ",\"share\":null,\"paid\":null,\"ratio\":null,\"single\":null,"
                + "\"flag\":null,\"title\":\"\",\"code\":null,\"fixed\":null,\"born\":\"0999-01-01\",\"opens\":null,"
                + "\"opens3\":null,\"made\":\"1969-12-31T23:59:59." + digits("999999") + "\",\"made3\":null,"
                + "\"seen\":\"1969-12-31T23:59:59.999999Z\",\"lasts\":null,"
                + "\"ref\":\"00000000-0000-0000-0000-000000000000\",\"doc\":null,\"raw\":\"\",\"feels\":\"glad\","
                + "\"bits\":null,\"tags\":null,\"counts\":null,\"prices\":null,\"days\":null,\"host\":null}";
    }

    /** A double has the digits that it has; of a text, only the type in Postgres says that it is a number. */
    private String number(String exact, String asDouble) {
        return switch (topics.dialect().decimals()) {
            case PRECISE -> exact;
            case STRING -> topics.wrapped() ? "\"" + exact + "\"" : exact;
            case DOUBLE -> asDouble;
        };
    }

    /** As text, 1.9 wrote no last zero. */
    private String money() {
        if (topics.dialect().decimals() == DecimalHandling.STRING) {
            return topics.name().startsWith("debezium-1-") ? "\"1234.5\"" : "\"1234.50\"";
        }
        return number("1234.50", "1234.5");
    }

    /** Connect's own types have milliseconds. */
    private String digits(String micros) {
        return topics.dialect().times() == TimePrecision.CONNECT ? micros.substring(0, 3) : micros;
    }

    /** Whether bits are as many as they seem, only the type in Postgres says. */
    private String bits() {
        return topics.wrapped() ? "\"FQ==\"" : "\"10101\"";
    }
}
