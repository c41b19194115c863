package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.debezium.time.Date;
import io.millrace.common.failure.DataException;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextsTest {

    private static final int MOST_BYTES = 60;

    private final DocumentWriter documents = new DocumentWriter(DecimalForm.TEXT, MOST_BYTES);
    private final KeyTexts texts = new KeyTexts(documents);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}",
                "{\"b\":\"x|\\\\\\u0000\",\"a\":-0}",
                "{\"id\":9223372036854775807}",
                "{\"id\":92233720368547758070}",
                "{\"id\":1.50}",
                "{\"id\":null,\"a\":true}",
                "{\"id\":[1,{\"a\":\"b\"}]}",
                "{\"id\":\"\uD83D\uDE00\"}",
                "{\"id\":\"\\ud83d\"}",
                "{}",
            })
    void tellsWhatTheDocumentOfTheKeyTells(String key) throws DataException {
        byte[] bytes = key.getBytes(UTF_8);

        assertThat(texts.of(bytes, Columns.UNKNOWN, true))
                .containsExactlyEntriesOf(FieldTexts.of(documents.write(bytes, Columns.UNKNOWN, true)));
    }

    @Test
    void decodesWhatTheSchemaSaysIsEncoded() throws DataException {
        SampleTable table =
                new SampleTable().key("tenant", "TEXT", SchemaBuilder.string()).key("day", "DATE", Date.builder());
        byte[] key = table.keyOf(Map.of("tenant", "acme", "day", 0));

        assertThat(texts.of(key, Columns.ofKey(table.schema()), false))
                .containsExactly(entry("tenant", "acme"), entry("day", "1970-01-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{",
                "{\"id\":1}{}",
                "{\"id\":1,\"id\":1}",
                "{\"id\":\"__debezium_unavailable_value\"}",
                "{\"id\":\"a text that makes a document of more bytes than may be written\"}",
            })
    void refusesWhatMakesNoDocument(String key) {
        byte[] bytes = key.getBytes(UTF_8);

        assertThatThrownBy(() -> documents.write(bytes, Columns.UNKNOWN, true)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> texts.of(bytes, Columns.UNKNOWN, true)).isInstanceOf(DataException.class);
    }
}
