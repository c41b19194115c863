package io.millrace.audit.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.record.OwnedText;
import io.millrace.archive.record.ReadEvent;
import io.millrace.common.failure.DataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventReaderTest {

    private static final Subject ANNA = Subject.person("anna");
    private static final Subject BERT = Subject.person("customer-bert");

    private final PersonalFields customers =
            new PersonalFields(Pattern.compile("customer-.*"), Set.of("ip", "userAgent"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ReadEvent read(PersonalFields personal, String text) throws DataException {
        return new AuditEventReader(EventLimits.DEFAULT, personal).read(bytes(text));
    }

    private static ReadEvent read(String text) throws DataException {
        return read(PersonalFields.DEFAULT, text);
    }

    @Test
    void readsTheContractsFields() throws DataException {
        ReadEvent event = read("""
                {"eventId":"e-1","eventType":"DOCUMENT_READ","userId":"anna","accessedBy":"support-7",
                 "resourceId":4711,"timestamp":"2026-03-02T12:00:00.000Z","more":true,
                 "metadata":{"ip":"10.0.0.7","attempt":3}}""");

        assertThat(event.kind()).isEqualTo(Kind.EVENT);
        assertThat(event.subjects()).containsExactly(ANNA);
        assertThat(event.eventTime()).isEqualTo(1_772_452_800_000L);
        assertThat(event.eventId()).isEqualTo(OwnedText.clear("e-1"));
        assertThat(event.eventType()).isEqualTo(OwnedText.clear("DOCUMENT_READ"));
        assertThat(event.userId()).isEqualTo(new OwnedText("anna", ANNA));
        assertThat(event.accessedBy()).isEqualTo(OwnedText.clear("support-7"));
        assertThat(event.resourceId()).isEqualTo(OwnedText.clear("4711"));
        assertThat(event.metadata())
                .containsEntry("ip", new OwnedText("\"10.0.0.7\"", ANNA))
                .containsEntry("attempt", OwnedText.clear("3"));
    }

    @Test
    void aCustomerWhoAccessesIsAPersonToo() throws DataException {
        ReadEvent event = read(customers, """
                {"eventType":"READ","userId":"anna","accessedBy":"customer-bert","metadata":{"ip":"10.0.0.7"}}""");

        assertThat(event.subjects()).containsExactly(ANNA, BERT);
        assertThat(event.accessedBy()).isEqualTo(new OwnedText("customer-bert", BERT));
        assertThat(event.metadata()).containsEntry("ip", new OwnedText("\"10.0.0.7\"", BERT));
    }

    @Test
    void whoAccessesOwnDataIsOnePerson() throws DataException {
        ReadEvent event = read(
                customers, "{\"eventType\":\"READ\",\"userId\":\"customer-bert\",\"accessedBy\":\"customer-bert\"}");

        assertThat(event.subjects()).containsExactly(BERT);
    }

    @Test
    void anEventOfNobodyKeepsItsAddressEncrypted() throws DataException {
        ReadEvent event = read("{\"eventType\":\"LOGIN_FAILED\",\"metadata\":{\"ip\":\"10.0.0.7\"}}");

        assertThat(event.subjects()).isEmpty();
        assertThat(event.metadata().get("ip").owner()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1772452800000, 1772452800000",
        "'\"1772452800000\"', 1772452800000",
        "'\"2026-03-02T13:00:00+01:00\"', 1772452800000",
        "-5, -5"
    })
    void readsTimesInEveryForm(String written, long millis) throws DataException {
        assertThat(read("{\"eventType\":\"READ\",\"timestamp\":" + written + "}")
                        .eventTime())
                .isEqualTo(millis);
    }

    @Test
    void anEventWithoutATimeHasNone() throws DataException {
        assertThat(read("{\"eventType\":\"READ\",\"timestamp\":null}").eventTime())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"eventType\":\"\"}",
                "{\"eventType\":{}}",
                "{\"eventType\":\"secret-a\",\"eventType\":\"secret-b\"}",
                "{\"eventType\":\"READ\"} secret",
                "{\"eventType\":\"READ\",\"userId\":true}",
                "{\"eventType\":\"READ\",\"timestamp\":\"secret\"}",
                "{\"eventType\":\"READ\",\"timestamp\":99999999999999999999}",
                "{\"eventType\":\"READ\",\"metadata\":\"secret\"}",
                "{\"eventType\":\"READ\",\"more\":{\"secret"
            })
    void refusesWhatBreaksTheContractAndRepeatsNothingOfIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DataException.class)
                .message()
                .isNotBlank()
                .doesNotContain("secret");
    }

    /** Jackson finds out by the first bytes; the archive holds what it has read so from the first version on. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void readsOtherEncodingsThanUtf8(String encoding) throws DataException {
        AuditEventReader reader = new AuditEventReader(EventLimits.DEFAULT, PersonalFields.DEFAULT);
        byte[] event = "{\"eventType\":\"LÉSE 𝄞\"}".getBytes(Charset.forName(encoding));
        byte[] marked = "\uFEFF{\"eventType\":\"LÉSE 𝄞\"}".getBytes(Charset.forName(encoding));

        assertThat(reader.read(event).eventType()).isEqualTo(OwnedText.clear("LÉSE 𝄞"));
        assertThat(reader.read(marked).eventType()).isEqualTo(OwnedText.clear("LÉSE 𝄞"));
    }

    /** Bytes that are no UTF-8 become the same replacement characters, however Jackson gets them. */
    @Test
    void readsWhatIsNoUtf8AsJacksonDoes() throws Exception {
        AuditEventReader reader = new AuditEventReader(EventLimits.DEFAULT, PersonalFields.DEFAULT);
        JsonMapper json = EventLimits.DEFAULT.mapper();
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            byte[] event = bytes("{\"eventType\":\"R%s\"}".formatted("x".repeat(random.nextInt(12))));
            for (int at = "{\"eventType\":\"R".length(); event[at] != '"'; at++) {
                event[at] = (byte) (0x80 + random.nextInt(0x80));
            }
            String read = json.readTree(event).path("eventType").textValue();

            assertThat(reader.read(event).eventType()).isEqualTo(OwnedText.clear(read));
        }
    }

    @Test
    void refusesWhatIsLargerOrDeeperThanTheLimits() {
        AuditEventReader reader = new AuditEventReader(new EventLimits(100, 5), PersonalFields.DEFAULT);

        assertThatThrownBy(() -> reader.read(new byte[101])).hasMessageContaining("101 bytes");
        assertThatThrownBy(() -> reader.read(bytes("{\"eventType\":\"A\",\"m\":[[[[[[1]]]]]]}")))
                .hasMessageContaining("deeper than 5");
        assertThatThrownBy(() -> reader.read(null)).hasMessageContaining("no value");
    }

    @Test
    void whatIsNoEventBelongsToTheUserOfItsKey() {
        assertThat(AuditEventReader.malformed(bytes("anna")).subjects()).containsExactly(ANNA);
        assertThat(AuditEventReader.malformed(null).subjects()).isEmpty();
        assertThat(AuditEventReader.malformed(new byte[] {(byte) 0xC3}).subjects())
                .isEmpty();
        assertThat(AuditEventReader.malformed(bytes("anna")).kind()).isEqualTo(Kind.MALFORMED);
    }
}
