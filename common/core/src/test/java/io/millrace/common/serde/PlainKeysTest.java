package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Mutations;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainKeysTest {

    private static final int MUTATIONS = 20_000;

    private static final SampleTable TABLE =
            new SampleTable().key("tenant", "TEXT", SchemaBuilder.string()).key("id", "INT8", SchemaBuilder.int64());

    private static Columns columns() throws Exception {
        return Columns.ofKey(TABLE.schema());
    }

    @Test
    void tellsWhatTheDocumentOfTheKeyTells() throws Exception {
        byte[] key = TABLE.keyOf(Map.of("tenant", "acme", "id", -42L));

        assertThat(PlainKeys.read(key, columns().plain())).containsExactlyEntriesOf(byDocument(key));
    }

    @Test
    void tellsThatOrNothingOfKeysThatAreWrongOrUnusual() throws Exception {
        String key = new String(TABLE.keyOf(Map.of("tenant", "acme", "id", -42L)), UTF_8);
        int told = 0;

        for (byte[] mutated : new Mutations(12).of(key, MUTATIONS).toList()) {
            Map<String, String> texts = PlainKeys.read(mutated, columns().plain());
            if (texts != null) {
                told++;
                assertThat(texts).as(new String(mutated, UTF_8)).containsExactlyEntriesOf(byDocument(mutated));
            }
        }

        assertThat(told).isBetween(MUTATIONS / 50, MUTATIONS * 19 / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tenant\":\"a\\\\b\",\"id\":1}",
                "{\"tenant\":\"é\",\"id\":1}",
                "{\"tenant\":\"a\",\"id\":-0}",
                "{\"tenant\":\"a\",\"id\":1.5}",
                "{\"tenant\":\"a\",\"id\":9223372036854775807}",
                "{\"tenant\":null,\"id\":1}",
                "{\"id\":1,\"tenant\":\"a\"}",
                "{}",
            })
    void leavesTheRestToAParser(String key) throws Exception {
        assertThat(PlainKeys.read(key.getBytes(UTF_8), columns().plain())).isNull();
    }

    private static Map<String, String> byDocument(byte[] key) throws Exception {
        return FieldTexts.of(new DocumentWriter(DecimalForm.TEXT).parsed(key, columns(), false));
    }
}
