package io.millrace.cli.deadletter;

import io.millrace.cli.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Everything about one letter, for a terminal. */
final class LetterPage {
    private static final int LONGEST_DUMP = 16 * 1024;

    private final Letter letter;
    private final PrintWriter out;

    LetterPage(Letter letter, PrintWriter out) {
        this.letter = letter;
        this.out = out;
    }

    void print() {
        field("letter", letter.position());
        field("written", letter.time().toString());
        for (LetterHeader header : LetterHeader.values()) {
            String text = letter.text(header);
            if (!text.isEmpty()) {
                field(
                        header.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Printable.line(described(header, text)));
            }
        }
        field("key", letter.key() == null ? "(none)" : Payload.showKey(letter.key()));
        if (!letter.sourceHeaders().isEmpty()) {
            out.println("headers of the source:");
            letter.sourceHeaders()
                    .forEach(header -> out.println("  " + Printable.line(header.name()) + ": "
                            + (header.value() == null ? "(null)" : Payload.showKey(header.value()))));
        }
        Optional<Overflow> overflow = Overflow.of(letter);
        overflow.ifPresent(this::printOverflow);
        if (overflow.isEmpty()) {
            printPayload(letter.value() == null ? null : letter.value());
        }
    }

    private static String described(LetterHeader header, String text) {
        if (header != LetterHeader.SOURCE_TIMESTAMP || !text.matches("\\d{1,15}")) {
            return text;
        }
        return text + " (" + Instant.ofEpochMilli(Long.parseLong(text)) + ")";
    }

    private void printOverflow(Overflow overflow) {
        field("stored in", Printable.line(overflow.address()));
        field("sha-256", Printable.line(overflow.sha256()));
        try {
            printPayload(overflow.read());
        } catch (IOException e) {
            out.println("not opened: " + Printable.line(Objects.requireNonNullElse(e.getMessage(), e.toString())));
        }
    }

    private void printPayload(byte @org.jspecify.annotations.Nullable [] payload) {
        if (payload == null) {
            field("payload", "(null: a tombstone)");
            return;
        }
        field("payload", payload.length + " bytes");
        if (payload.length > 0) {
            out.println(Payload.show(payload, LONGEST_DUMP));
        }
    }

    private void field(String name, String value) {
        out.println("%-17s %s".formatted(name, value));
    }
}
