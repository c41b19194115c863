package io.millrace.archive.record;

import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Fields;
import io.millrace.archive.chain.Kind;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.FieldCipher;
import io.millrace.archive.crypt.FieldCiphers;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts records: what Kafka had by the keys of all whom it is about, each field that was read by the key of its owner.
 * It keeps no key longer than the store does. Used by one thread.
 */
public final class RecordCipher {

    /** Letters that are room enough, as a rule, for what a record's metadata becomes. */
    private static final int USUAL_METADATA = 512;

    private final KeyStore keys;
    private final FieldCiphers ciphers = new FieldCiphers();

    public RecordCipher(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * Returns what the archive stores; the same for the same record, as long as the key store is the same.
     *
     * @throws KeyStoreException if a key could not be had; nothing is stored in clear instead
     */
    public StoredRecord encrypt(RawRecord record, ReadEvent event) throws KeyStoreException {
        Map<Subject, DataKey> found = new LinkedHashMap<>();
        for (Subject subject : subjects(record, event)) {
            Optional<DataKey> key = keys.keyFor(subject, record.position());
            if (key.isEmpty()) {
                return erased(record);
            }
            found.put(subject, key.get());
        }
        FieldCipher all = ciphers.of(List.copyOf(found.values()));
        FieldTexts texts = new FieldTexts(record.position(), found, all, ciphers);
        return new StoredRecord(content(record, all), fields(event, texts));
    }

    private static List<Subject> subjects(RawRecord record, ReadEvent event) {
        return event.subjects().isEmpty()
                ? List.of(Subject.day(Instant.ofEpochMilli(record.timestamp())
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()))
                : event.subjects();
    }

    /** Keeps the record's place, and whether there was a key and a value. */
    private static StoredRecord erased(RawRecord record) {
        byte[] nothing = new StoredForm.Erased().toBytes();
        Content content =
                new Content(record.key() == null ? null : nothing, nothing, record.value() == null ? null : nothing);
        return new StoredRecord(content, Fields.none(Kind.ERASED));
    }

    private static Content content(RawRecord record, FieldCipher cipher) {
        Position position = record.position();
        byte[] headers = Headers.write(record.headers());
        return new Content(
                stored(cipher, position, "key", record.key()),
                cipher.encrypt(position, "headers", headers).toBytes(),
                stored(cipher, position, "value", record.value()));
    }

    private static byte @Nullable [] stored(
            FieldCipher cipher, Position position, String field, byte @Nullable [] bytes) {
        return bytes == null ? null : cipher.encrypt(position, field, bytes).toBytes();
    }

    private static Fields fields(ReadEvent event, FieldTexts texts) {
        return new Fields(
                event.kind(),
                event.eventTime(),
                texts.stored("event_id", event.eventId()),
                texts.stored("event_type", event.eventType()),
                texts.stored("user_id", event.userId()),
                texts.stored("accessed_by", event.accessedBy()),
                texts.stored("resource_id", event.resourceId()),
                texts.metadata(event.metadata()));
    }

    /** Writes the texts of one record's fields. */
    private record FieldTexts(Position position, Map<Subject, DataKey> keys, FieldCipher all, FieldCiphers ciphers) {

        @Nullable
        String stored(String field, @Nullable OwnedText text) {
            if (text == null) {
                return null;
            }
            Subject owner = text.owner();
            return owner == null ? StoredForm.clearText(text.text()) : encrypted(field, text.text(), owner);
        }

        private String encrypted(String field, String text, Subject owner) {
            return cipher(owner)
                    .encrypt(position, field, text.getBytes(StandardCharsets.UTF_8))
                    .toText();
        }

        /** What belongs to somebody whom the record does not name is encrypted like the record itself. */
        private FieldCipher cipher(Subject owner) {
            DataKey key = keys.get(owner);
            return key == null || keys.size() == 1 ? all : ciphers.of(List.of(key));
        }

        @Nullable
        String metadata(@Nullable Map<String, OwnedText> members) {
            if (members == null) {
                return null;
            }
            StringBuilder json = new StringBuilder(USUAL_METADATA).append('{');
            members.forEach((name, value) -> {
                json.append(json.length() == 1 ? "" : ",")
                        .append(JsonText.quoted(name))
                        .append(':');
                Subject owner = value.owner();
                json.append(
                        owner == null
                                ? value.text()
                                : JsonText.quoted(encrypted("metadata." + name, value.text(), owner)));
            });
            return json.append('}').toString();
        }
    }
}
