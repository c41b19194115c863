package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowJsonTest {

    private static final JsonFactory JACKSON = new JsonFactory();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Behind all that are escaped, of one, two and three bytes. */
    private static final int LAST_CHARACTER = 0x2100;

    @Test
    void escapesWhatMustBeAndNothingElse() throws IOException {
        for (int character = 0; character < LAST_CHARACTER; character++) {
            String text = "a" + (char) character + "\"b\\" + (char) character;

            assertThat(string(new RowJson().text("name", text)))
                    .as("character %d", character)
                    .isEqualTo(jackson(text));
        }
    }

    @Test
    void writesWhatHasTwoUnitsAsOneCharacter() {
        assertThat(string(new RowJson().text("name", "\ud83d\ude00"))).isEqualTo("{\"name\":\"\ud83d\ude00\"}");
    }

    @Test
    void holdsHoweverMuch() throws IOException {
        String text = "\u0001é".repeat(10_000);

        assertThat(JSON.readTree(
                                new RowJson().number("id", 1).text("name", text).toBytes())
                        .path("name")
                        .asText())
                .isEqualTo(text);
    }

    @Test
    void hasItsFieldsInTheirOrder() {
        RowJson row = new RowJson()
                .number("least", Long.MIN_VALUE)
                .text("none", "")
                .fraction("half", 0.5)
                .numbers("many", new long[] {3, -4})
                .numbers("no", new long[0]);

        assertThat(string(row))
                .isEqualTo("{\"least\":-9223372036854775808,\"none\":\"\",\"half\":0.5,\"many\":[3,-4],\"no\":[]}");
    }

    @Test
    void mayHaveNoField() {
        assertThat(string(new RowJson())).isEqualTo("{}");
    }

    @Test
    void goesOnAfterItWasACopyOrWasWritten() {
        RowJson key = new RowJson().number("id", 1);
        RowJson row = key.copy().text("name", "ada");
        RowJson other = key.copy().text("name", "bob");

        assertThat(string(key)).isEqualTo("{\"id\":1}");
        assertThat(string(row)).isEqualTo("{\"id\":1,\"name\":\"ada\"}");
        assertThat(string(other)).isEqualTo("{\"id\":1,\"name\":\"bob\"}");
        assertThat(string(key.number("more", 2))).isEqualTo("{\"id\":1,\"more\":2}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -2.5, 1e-7, 1e21, 0.1, Double.MIN_VALUE, Double.MAX_VALUE})
    void writesFractionsAsTheyAreReadAgain(double value) throws IOException {
        JsonNode read = JSON.readTree(new RowJson().fraction("value", value).toBytes());

        assertThat(read.path("value").isNumber()).isTrue();
        assertThat(read.path("value").asDouble()).isEqualTo(value);
    }

    @Test
    void writesWhatIsNoNumberAsAText() {
        assertThat(string(new RowJson().fraction("value", Double.NaN))).isEqualTo("{\"value\":\"NaN\"}");
    }

    @Test
    void writesThousandthsAsDoublesAre() throws IOException {
        long[] values = new Random(7)
                .longs(2_000, 0, 9_999_999_999L)
                .map(value -> value >> (value % 34))
                .toArray();
        JsonNode read =
                JSON.readTree(new RowJson().thousandths("values", values).toBytes());

        for (int i = 0; i < values.length; i++) {
            assertThat(read.path("values").path(i).asDouble())
                    .as("thousandths %d", values[i])
                    .isEqualTo(values[i] / 1_000.0);
        }
        assertThat(string(new RowJson().thousandths("values", new long[] {0, 5, 50, 100, 120, 1_000, 2_008})))
                .isEqualTo("{\"values\":[0.0,0.005,0.05,0.1,0.12,1.0,2.008]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1_000})
    void writesBytesAsBase64(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        String written = JSON.readTree(new RowJson().base64("bytes", bytes).toBytes())
                .path("bytes")
                .asText();

        assertThat(Base64.getDecoder().decode(written)).isEqualTo(bytes);
    }

    private static String string(RowJson json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    private static String jackson(String text) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (JsonGenerator json = JACKSON.createGenerator(written)) {
            json.writeStartObject();
            json.writeStringField("name", text);
            json.writeEndObject();
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
