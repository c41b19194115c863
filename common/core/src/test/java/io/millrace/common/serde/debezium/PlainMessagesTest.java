package io.millrace.common.serde.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.millrace.testing.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a plain message without a parser is what a parser reads. */
class PlainMessagesTest {

    private static final int MUTATIONS = 30_000;

    private static final JsonFactory JSON = JsonLimits.DEFAULT.factory();

    @ParameterizedTest
    @ValueSource(strings = {"c", "u", "r"})
    void readsTheSameOfAChange(String op) throws Exception {
        String envelope = Messages.envelope(op, "null", Messages.ROW, Messages.SOURCE);

        assertSame(PlainEnvelope.read(range(envelope.getBytes(UTF_8))), envelope.getBytes(UTF_8));
    }

    @Test
    void readsTheSameOrNothingOfChangesThatAreWrongOrUnusual() throws Exception {
        String envelope = Messages.envelope("u", "{\"id\":0}", Messages.ROW, Messages.SOURCE);
        int read = 0;

        for (byte[] mutated : new Mutations(13).of(envelope, MUTATIONS).toList()) {
            Envelope plain = PlainEnvelope.read(range(mutated));
            if (plain != null) {
                read++;
                assertSame(plain, mutated);
            }
        }

        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"c\",\"op\":\"d\",\"after\":{}}",
                "{\"op\":\"c\",\"x\":1,\"after\":{},\"x\":2}",
                "{\"op\":\"t\"}",
                "{\"op\":\"c\",\"after\":[]}",
                "{\"ts_ms\":1}",
                "{\"op\":\"c\",\"after\":{}} ",
                "{\"op\":\"c\",\"after\":{}}{}",
                "{}",
                "",
            })
    void leavesTheRestToAParser(String payload) {
        assertThat(PlainEnvelope.read(range(payload.getBytes(UTF_8)))).isNull();
    }

    @Test
    void readsTheSameOfASource() throws Exception {
        byte[] source = Messages.SOURCE.getBytes(UTF_8);

        assertThat(PlainSource.read(source)).isNotNull().isEqualTo(SourceBlock.parsed(source, JSON));
    }

    @Test
    void readsTheSameOrNothingOfSourcesThatAreWrongOrUnusual() throws Exception {
        int read = 0;

        for (byte[] mutated : new Mutations(14).of(Messages.SOURCE, MUTATIONS).toList()) {
            SourceBlock plain = PlainSource.read(mutated);
            if (plain != null) {
                read++;
                assertThat(plain).as(new String(mutated, UTF_8)).isEqualTo(SourceBlock.parsed(mutated, JSON));
            }
        }

        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    private static JsonRange range(byte[] bytes) {
        return JsonRange.all(bytes);
    }

    private static void assertSame(Envelope plain, byte[] payload) throws Exception {
        Envelope parsed = Envelope.parsed(range(payload), JSON);
        assertThat(plain.op()).as(new String(payload, UTF_8)).isEqualTo(parsed.op());
        assertThat(plain.before()).isEqualTo(parsed.before());
        assertThat(plain.after()).isEqualTo(parsed.after());
        assertThat(plain.source()).isEqualTo(parsed.source());
    }
}
