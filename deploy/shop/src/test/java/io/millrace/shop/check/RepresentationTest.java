package io.millrace.shop.check;

import static io.millrace.shop.check.Representation.DEBEZIUM;
import static io.millrace.shop.check.Representation.DOCUMENT;
import static io.millrace.shop.check.Representation.DOCUMENT_WITH_TEXT_DECIMALS;
import static io.millrace.shop.check.Samples.array;
import static io.millrace.shop.check.Samples.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NUMBER | -5 | -5",
                "REAL | 1.5 | 1.5",
                "DECIMAL | 12.30 | 12.3",
                "BOOLEAN | true | true",
                "TEXT | \"a\" | \"a\"",
                "BYTES | \"AAE=\" | \"AAE=\"",
                "JSON | {\"a\":[1,null]} | {\"a\":[1,null]}",
                "DATE | \"1969-12-31\" | \"1969-12-31\"",
                "TIME | \"01:02:03.5\" | \"01:02:03.500000\"",
                "TIMESTAMP | \"2024-02-29T23:59:59.000001\" | \"2024-02-29T23:59:59.000001\"",
                "TIMESTAMP_WITH_ZONE | \"2024-02-29T23:59:59Z\" | \"2024-02-29T23:59:59.000000Z\"",
            })
    void readsASearchDocument(ColumnType type, String found, String canonical) {
        assertSame(DOCUMENT, column("c", type), found, canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL | \"12.30\" | 12.3",
                "JSON | \"{\\\"a\\\":1.50}\" | {\"a\":1.5}",
                "DATE | -1 | \"1969-12-31\"",
                "TIME | 3723500000 | \"01:02:03.500000\"",
                "TIMESTAMP | -1 | \"1969-12-31T23:59:59.999999\"",
                "TIMESTAMP | 1709251199000001 | \"2024-02-29T23:59:59.000001\"",
                "TIMESTAMP_WITH_ZONE | \"1901-01-01T00:00:00.1Z\" | \"1901-01-01T00:00:00.100000Z\"",
            })
    void readsADebeziumRow(ColumnType type, String found, String canonical) {
        assertSame(DEBEZIUM, column("c", type), found, canonical);
    }

    @Test
    void readsMillisecondsOfAColumnThatKeepsNoMore() {
        SourceColumn millis = new SourceColumn("c", ColumnType.TIMESTAMP, false, 3);
        assertSame(DEBEZIUM, millis, "-1", "\"1969-12-31T23:59:59.999000\"");
    }

    @Test
    void wantsDecimalsInTheFormThatWasAgreed() {
        SourceColumn decimal = column("price", ColumnType.DECIMAL);
        assertSame(DOCUMENT_WITH_TEXT_DECIMALS, decimal, "\"0.10\"", "0.1");
        assertThatThrownBy(() -> DOCUMENT_WITH_TEXT_DECIMALS.canonical(decimal, Json.parse("0.10")))
                .hasMessage("it is not text");
        assertThatThrownBy(() -> DOCUMENT.canonical(decimal, Json.parse("\"0.10\"")))
                .hasMessage("it is not a number");
    }

    @Test
    void readsAnArrayElementByElementAndKeepsItsNulls() {
        assertSame(DOCUMENT, array("tags", ColumnType.TEXT), "[\"a\",null]", "[\"a\",null]");
        assertSame(DEBEZIUM, array("days", ColumnType.DATE), "[0]", "[\"1970-01-01\"]");
        assertThatThrownBy(() -> DOCUMENT.canonical(array("tags", ColumnType.TEXT), Json.parse("\"{a}\"")))
                .hasMessage("it is not an array");
    }

    @Test
    void refusesATimestampThatDoesNotSayItIsUtc() {
        SourceColumn zoned = column("at", ColumnType.TIMESTAMP_WITH_ZONE);
        assertThatThrownBy(() -> DOCUMENT.canonical(zoned, Json.parse("\"2024-01-01T00:00:00+00:00\"")))
                .hasMessageContaining("ends with Z");
        assertThatThrownBy(() -> DOCUMENT.canonical(zoned, Json.parse("\"yesterdayZ\"")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesFloatsAsTheirTypeDoes() {
        assertThat(same(ColumnType.REAL, "0.1", "0.10000000149011612")).isTrue();
        assertThat(same(ColumnType.DOUBLE, "0.1", "0.10000000149011612")).isFalse();
        assertThat(same(ColumnType.DECIMAL, "0.10", "0.1000")).isTrue();
        assertThat(same(ColumnType.DECIMAL, "0.1", "0.10000000000000000001")).isFalse();
        assertThat(same(ColumnType.JSON, "{\"a\":1.0,\"b\":[2]}", "{\"b\":[2.00],\"a\":1}"))
                .isTrue();
        assertThat(same(ColumnType.JSON, "{\"a\":1}", "{\"a\":\"1\"}")).isFalse();
        assertThat(same(ColumnType.JSON, "[1,2]", "[2,1]")).isFalse();
    }

    private static boolean same(ColumnType type, String one, String other) {
        return Values.same(column("c", type), Json.parse(one), Json.parse(other));
    }

    private static void assertSame(Representation representation, SourceColumn column, String found, String expected) {
        JsonNode canonical = representation.canonical(column, Json.parse(found));
        assertThat(Values.same(column, Json.parse(expected), canonical))
                .as("%s is taken to %s, not %s", found, canonical, expected)
                .isTrue();
    }
}
