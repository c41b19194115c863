package io.millrace.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.OpenedRecord;
import io.millrace.archive.record.OpenedRecord.Readability;
import io.millrace.archive.record.RecordOpener;
import io.millrace.cli.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens records and prints them. */
final class ShownRecords implements PersonRecords.Found {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final RecordOpener opener;
    private final boolean json;
    private long count;

    ShownRecords(PrintWriter out, RecordOpener opener, boolean json) {
        this.out = out;
        this.opener = opener;
        this.json = json;
    }

    long count() {
        return count;
    }

    @Override
    public void accept(ChainId chain, Entry entry) throws IOException {
        count++;
        OpenedRecord opened = opener.open(chain, entry);
        if (json) {
            out.println(JSON.writeValueAsString(object(chain, entry, opened)));
        } else {
            print(chain, entry, opened);
        }
    }

    private void print(ChainId chain, Entry entry, OpenedRecord opened) {
        out.printf(
                "%d:%d  %s  %s%n",
                chain.partition(),
                entry.offset(),
                Instant.ofEpochMilli(entry.timestamp()),
                entry.fields().kind().text());
        if (opened.readability() != Readability.READABLE) {
            out.println("  cannot be read: " + why(opened.readability()));
            return;
        }
        line("key", opened.key());
        for (Header header : opened.headers()) {
            line("header " + Printable.line(header.name()), header.value());
        }
        line("value", opened.value());
    }

    private static String why(Readability readability) {
        return switch (readability) {
            case READABLE -> "";
            case KEY_DESTROYED -> "it is about somebody else, too, who was erased";
            case NEVER_STORED -> "it was archived after an erasure";
            case DAMAGED -> "its keys are there, and do not open it; see `millrace audit verify`";
        };
    }

    private void line(String name, byte @Nullable [] bytes) {
        if (bytes != null) {
            out.println("  " + name + "  "
                    + text(bytes)
                            .map(Printable::line)
                            .orElseGet(() -> "(base64) " + Base64.getEncoder().encodeToString(bytes)));
        }
    }

    private static ObjectNode object(ChainId chain, Entry entry, OpenedRecord opened) {
        ObjectNode object = JSON.createObjectNode()
                .put("partition", chain.partition())
                .put("offset", Long.toString(entry.offset()))
                .put("timestamp", Instant.ofEpochMilli(entry.timestamp()).toString())
                .put("kind", entry.fields().kind().text())
                .put(
                        "readability",
                        opened.readability().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (opened.readability() == Readability.READABLE) {
            put(object, "key", opened.key());
            put(object, "value", opened.value());
            var headers = object.putArray("headers");
            opened.headers()
                    .forEach(header -> put(headers.addObject().put("name", header.name()), "value", header.value()));
        }
        return object;
    }

    /** Text as text, anything else as base64 under a name that says so. */
    private static void put(ObjectNode object, String name, byte @Nullable [] bytes) {
        Optional<String> text = bytes == null ? Optional.empty() : text(bytes);
        if (bytes == null || text.isPresent()) {
            object.put(name, text.orElse(null));
        } else {
            object.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
