package io.millrace.cli.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topic.
 *
 * @param time when it was written
 * @param headers in their order
 * @param key the source's key
 * @param value the original bytes, or what stands in their place
 */
record Letter(
        int partition,
        long offset,
        Instant time,
        List<Header> headers,
        byte @Nullable [] key,
        byte @Nullable [] value) {
    private static final Set<String> OURS =
            Arrays.stream(LetterHeader.values()).map(LetterHeader::wireName).collect(Collectors.toSet());

    /** A header; names can come again, and the first of a name counts. */
    record Header(String name, byte @Nullable [] value) {
        String text() {
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }
    }

    /** Where it is, as `dlq show` takes it. */
    String position() {
        return partition + ":" + offset;
    }

    /** The text of a header as it came, or an empty one: escape it before it is printed. */
    String text(LetterHeader header) {
        return headers.stream()
                .filter(each -> each.name().equals(header.wireName()))
                .findFirst()
                .map(Header::text)
                .orElse("");
    }

    /** Where the source record was, {@code topic/partition@offset}. */
    String source() {
        return text(LetterHeader.SOURCE_TOPIC) + "/" + text(LetterHeader.SOURCE_PARTITION) + "@"
                + text(LetterHeader.SOURCE_OFFSET);
    }

    /** When the source record was written, if the letter says it. */
    Optional<Instant> sourceTime() {
        String millis = text(LetterHeader.SOURCE_TIMESTAMP);
        return millis.matches("\\d{1,15}")
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)))
                : Optional.empty();
    }

    /** How often the record has failed with this letter: 1 for the first time. */
    int attempt() {
        String attempt = text(LetterHeader.ATTEMPT);
        return attempt.matches("[1-9]\\d{0,8}") ? Integer.parseInt(attempt) : 1;
    }

    /** The headers that the source record brought itself. */
    List<Header> sourceHeaders() {
        Set<String> seen = new java.util.HashSet<>();
        return headers.stream()
                .filter(header -> !OURS.contains(header.name()) || !seen.add(header.name()))
                .toList();
    }

    int size() {
        return Objects.requireNonNullElse(value, new byte[0]).length;
    }
}
