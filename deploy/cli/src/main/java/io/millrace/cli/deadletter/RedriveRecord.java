package io.millrace.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The record by which a letter is sent again: the letter as it is, one attempt further, with its payload back in it. */
final class RedriveRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = "record";

    private RedriveRecord() {}

    /** Whether the payload is in the letter, or in a file that can be read here. */
    static boolean isHere(Letter letter) {
        try {
            of(letter);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IOException if the payload is in a file that cannot be read, or is not what the letter says */
    static ProducerRecord<byte[], byte[]> of(Letter letter) throws IOException {
        Optional<Overflow> overflow = Overflow.of(letter);
        if (overflow.isEmpty()) {
            return record(letter, letter.key(), letter.value(), List.of());
        }
        byte[] stored = overflow.get().read();
        if (!letter.text(LetterHeader.OVERFLOW).equals(WHOLE)) {
            return record(letter, letter.key(), stored, List.of());
        }
        JsonNode whole = JSON.readTree(stored);
        List<Letter.Header> own = new ArrayList<>();
        for (JsonNode header : whole.path("headers")) {
            own.add(new Letter.Header(header.path("name").asText(), bytes(header.path("value"))));
        }
        return record(letter, bytes(whole.path("key")), bytes(whole.path("value")), own);
    }

    private static ProducerRecord<byte[], byte[]> record(
            Letter letter, byte @Nullable [] key, byte @Nullable [] value, List<Letter.Header> stored) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(RedriveKey.of(letter).topic(), key, value);
        for (LetterHeader header : LetterHeader.values()) {
            if (header != LetterHeader.OVERFLOW) {
                record.headers().add(header.wireName(), text(letter, header).getBytes(StandardCharsets.UTF_8));
            }
        }
        letter.sourceHeaders().forEach(header -> record.headers().add(header.name(), header.value()));
        stored.forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    private static String text(Letter letter, LetterHeader header) {
        return header == LetterHeader.ATTEMPT ? Integer.toString(letter.attempt() + 1) : letter.text(header);
    }

    private static byte @Nullable [] bytes(JsonNode base64) throws IOException {
        return base64.isTextual() ? base64.binaryValue() : null;
    }
}
