package io.millrace.archive.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static String write(Map<String, ?> value) {
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }

    private static JsonFields read(String text) throws IOException {
        return CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sortsNamesAndEscapesWhatMustBe() {
        Map<String, Object> value =
                Map.of("b", Arrays.asList(1, null), "a", Map.of("z", "", "é", "x"), "\"", "\t\u0001/é");

        assertThat(write(value)).isEqualTo("{\"\\\"\":\"\\t\\u0001/é\",\"a\":{\"z\":\"\",\"é\":\"x\"},\"b\":[1,null]}");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        Map<String, Object> value = Map.of("text", "a\u001f\\", "number", "12", "list", List.of(Map.of("n", 3)));
        JsonFields fields = read(write(value));

        assertThat(fields.text("text")).isEqualTo("a\u001f\\");
        assertThat(fields.number("number")).isEqualTo(12);
        assertThat(fields.objects("list").get(0).integer("n")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":2}",
                "{ \"a\":2}",
                "{\"a\":2}\n",
                "{\"a\":2.0}",
                "{\"a\":9999999999}",
                "{\"a\":true}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":1,\"a\":1}",
                "[]",
                "{",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}}}}}}}"
            })
    void refusesEveryOtherForm(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void namesTheFieldThatIsWrong() throws IOException {
        JsonFields fields = read("{\"a\":\"01\",\"b\":null,\"c\":\"-1\"}");

        assertThatThrownBy(() -> fields.number("a")).hasMessageContaining("field a is '01'");
        assertThatThrownBy(() -> fields.number("c")).hasMessageContaining("field c is '-1'");
        assertThatThrownBy(() -> fields.text("b")).hasMessageContaining("field b");
        assertThatThrownBy(() -> fields.text("d")).hasMessageContaining("field d");
        assertThatThrownBy(() -> fields.hash("a")).hasMessageContaining("field a");
        assertThat(fields.optionalText("b")).isNull();
        assertThatThrownBy(() -> fields.optionalText("d")).hasMessageContaining("field d");
    }
}
