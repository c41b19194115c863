package io.millrace.archive.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.record.OpenedRecord.Readability;
import io.millrace.archive.sample.MemoryKeys;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is about a person can be read while the person's key is there, and never after. */
class RecordCipherTest {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 2);
    private static final long TIME = 1_772_409_600_000L;
    private static final Subject ANNA = Subject.person("anna");
    private static final Subject BERT = Subject.person("bert");

    private final MemoryKeys keys = new MemoryKeys();
    private final RecordCipher cipher = new RecordCipher(keys);
    private final RecordOpener opener = new RecordOpener(keys);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RawRecord record(long offset, @Nullable String key, @Nullable String value) {
        return new RawRecord(
                new Position(CHAIN, offset),
                TIME,
                key == null ? null : bytes(key),
                List.of(new Header("correlation-id", bytes("c-1")), new Header("event-type", null)),
                value == null ? null : bytes(value));
    }

    private static ReadEvent event(Subject... subjects) {
        Map<String, OwnedText> metadata = new LinkedHashMap<>();
        metadata.put("ip", new OwnedText("\"10.0.0.7\"", ANNA));
        metadata.put("attempt", OwnedText.clear("3"));
        return new ReadEvent(
                Kind.EVENT,
                List.of(subjects),
                TIME,
                OwnedText.clear("e-1"),
                OwnedText.clear("READ"),
                new OwnedText("anna", ANNA),
                new OwnedText("bert", subjects.length > 1 ? BERT : null),
                null,
                metadata);
    }

    private static Entry entry(long offset, StoredRecord stored) {
        return new Chain(CHAIN).entry(offset, TIME, stored.content(), stored.fields(), Hash.ZERO);
    }

    @Test
    void opensWhatItEncrypted() throws Exception {
        RawRecord record = record(7, "anna", "{\"userId\":\"anna\"}");
        OpenedRecord opened = opener.open(CHAIN, entry(7, cipher.encrypt(record, event(ANNA))));

        assertThat(opened.readability()).isEqualTo(Readability.READABLE);
        assertThat(opened.key()).isEqualTo(record.key());
        assertThat(opened.value()).isEqualTo(record.value());
        assertThat(opened.headers()).usingRecursiveComparison().isEqualTo(record.headers());
    }

    @Test
    void keepsNothingAndNullApart() throws Exception {
        OpenedRecord opened = opener.open(CHAIN, entry(7, cipher.encrypt(record(7, null, ""), event(ANNA))));

        assertThat(opened.key()).isNull();
        assertThat(opened.value()).isEmpty();
    }

    @Test
    void showsNothingPersonal() throws Exception {
        StoredRecord stored = cipher.encrypt(record(7, "anna", "{\"userId\":\"anna\"}"), event(ANNA));
        String shown = stored.fields()
                + new String(stored.content().key(), StandardCharsets.ISO_8859_1)
                + new String(stored.content().headers(), StandardCharsets.ISO_8859_1)
                + new String(stored.content().value(), StandardCharsets.ISO_8859_1);
        JsonNode metadata = new ObjectMapper().readTree(stored.fields().metadata());

        assertThat(shown)
                .doesNotContain("anna")
                .doesNotContain("10.0.0.7")
                .doesNotContain("c-1")
                .contains("READ");
        assertThat(stored.fields().accessedBy()).isEqualTo("bert");
        assertThat(metadata.get("attempt").asInt()).isEqualTo(3);
        assertThat(metadata.get("ip").asText()).startsWith("~e");
    }

    @Test
    void givesTheSameBytesAgain() throws Exception {
        RawRecord record = record(7, "anna", "value");

        assertThat(new RecordCipher(keys).encrypt(record, event(ANNA, BERT)))
                .usingRecursiveComparison()
                .isEqualTo(cipher.encrypt(record, event(BERT, ANNA)));
        assertThat(cipher.encrypt(record(8, "anna", "value"), event(ANNA))
                        .fields()
                        .userId())
                .isNotEqualTo(cipher.encrypt(record, event(ANNA)).fields().userId());
    }

    @Test
    void withoutTheKeyNobodyReadsIt() throws Exception {
        Entry entry = entry(7, cipher.encrypt(record(7, "anna", "value"), event(ANNA)));
        keys.erase(ANNA, 10);

        OpenedRecord opened = opener.open(CHAIN, entry);

        assertThat(opened.readability()).isEqualTo(Readability.KEY_DESTROYED);
        assertThat(opened.value()).isNull();
    }

    @Test
    void whatIsAboutTwoIsGoneWithEither() throws Exception {
        Entry entry = entry(7, cipher.encrypt(record(7, "anna", "value"), event(ANNA, BERT)));
        assertThat(opener.open(CHAIN, entry).readability()).isEqualTo(Readability.READABLE);

        keys.erase(BERT, 10);

        assertThat(opener.open(CHAIN, entry).readability()).isEqualTo(Readability.KEY_DESTROYED);
    }

    @Test
    void keepsThePlaceOfWhatIsErasedBeforeItIsArchived() throws Exception {
        keys.erase(ANNA, 10);
        StoredRecord before = cipher.encrypt(record(10, null, "value"), event(ANNA));
        StoredRecord after = cipher.encrypt(record(11, null, "value"), event(ANNA));

        assertThat(before.fields().kind()).isEqualTo(Kind.ERASED);
        assertThat(before.content())
                .usingRecursiveComparison()
                .isEqualTo(new Content(null, new byte[] {2}, new byte[] {2}));
        assertThat(opener.open(CHAIN, entry(10, before)).readability()).isEqualTo(Readability.NEVER_STORED);
        assertThat(opener.open(CHAIN, entry(11, after)).readability()).isEqualTo(Readability.READABLE);
    }

    @Test
    void whatNamesNobodyBelongsToItsDay() throws Exception {
        Entry entry = entry(7, cipher.encrypt(record(7, null, "no event"), ReadEvent.malformed(List.of())));
        assertThat(opener.open(CHAIN, entry).value()).isEqualTo(bytes("no event"));

        keys.erase(Subject.day(LocalDate.of(2026, 3, 2)), 10);

        assertThat(opener.open(CHAIN, entry).readability()).isEqualTo(Readability.KEY_DESTROYED);
    }

    @Test
    void whatWasMovedDoesNotOpen() throws Exception {
        StoredRecord stored = cipher.encrypt(record(7, "anna", "value"), event(ANNA));

        assertThat(opener.open(CHAIN, entry(8, stored)).readability()).isEqualTo(Readability.DAMAGED);
    }

    @Test
    void storesNothingInClearWhenThereIsNoKeyToBeHad() {
        keys.close();

        assertThatThrownBy(() -> cipher.encrypt(record(7, "anna", "value"), event(ANNA)))
                .hasMessageContaining("closed");
    }
}
