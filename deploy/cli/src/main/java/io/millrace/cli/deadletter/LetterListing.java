package io.millrace.cli.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.cli.Printable;
import io.millrace.cli.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two forms of {@code millrace dlq list}. */
final class LetterListing {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MESSAGE = 120;

    private LetterListing() {}

    static void print(LetterDigest digest, PrintWriter out) {
        if (digest.count() == 0) {
            out.println("no dead letters");
            return;
        }
        TextTable groups = new TextTable("COUNT", "PIPELINE", "STAGE", "ERROR", "FIRST", "LAST");
        digest.groups()
                .forEach((kind, group) -> groups.row(
                        String.valueOf(group.count()),
                        Printable.line(kind.pipeline()),
                        Printable.line(kind.stage()),
                        Printable.line(kind.errorClass()),
                        group.first().toString(),
                        group.last().toString()));
        groups.print(out);
        TextTable rows = new TextTable("LETTER", "TIME", "PIPELINE", "STAGE", "SOURCE", "BYTES", "ERROR");
        digest.letters()
                .forEach(letter -> rows.row(
                        letter.position(),
                        letter.time().toString(),
                        Printable.line(letter.text(LetterHeader.PIPELINE)),
                        Printable.line(letter.text(LetterHeader.STAGE)),
                        Printable.line(letter.source()),
                        String.valueOf(letter.size()),
                        error(letter)));
        if (!rows.isEmpty()) {
            out.println();
            rows.print(out);
        }
        if (digest.letters().size() < digest.count()) {
            out.printf(
                    "the newest %d of %d; --limit shows more%n",
                    digest.letters().size(), digest.count());
        }
    }

    private static String error(Letter letter) {
        String name = letter.text(LetterHeader.ERROR_CLASS);
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return Printable.line(simple + ": " + letter.text(LetterHeader.ERROR_MESSAGE), MESSAGE);
    }

    static void printJson(String topic, LetterDigest digest, PrintWriter out) throws IOException {
        Map<String, Object> listing = new LinkedHashMap<>();
        listing.put("topic", topic);
        listing.put("count", digest.count());
        listing.put(
                "groups",
                digest.groups().entrySet().stream()
                        .map(entry -> group(entry.getKey(), entry.getValue()))
                        .toList());
        listing.put("letters", digest.letters().stream().map(LetterListing::row).toList());
        out.println(JSON.writeValueAsString(listing));
    }

    private static Map<String, Object> group(LetterDigest.Kind kind, LetterDigest.Group group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", kind.pipeline());
        fields.put("stage", kind.stage());
        fields.put("errorClass", kind.errorClass());
        fields.put("count", group.count());
        fields.put("first", group.first().toString());
        fields.put("last", group.last().toString());
        return fields;
    }

    /** Numbers of 63 bits are text, because JavaScript's end at 2^53. */
    private static Map<String, Object> row(Letter letter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("partition", letter.partition());
        fields.put("offset", letter.offset());
        fields.put("time", letter.time().toString());
        fields.put("pipeline", letter.text(LetterHeader.PIPELINE));
        fields.put("stage", letter.text(LetterHeader.STAGE));
        fields.put("sourceTopic", letter.text(LetterHeader.SOURCE_TOPIC));
        fields.put("sourcePartition", letter.text(LetterHeader.SOURCE_PARTITION));
        fields.put("sourceOffset", letter.text(LetterHeader.SOURCE_OFFSET));
        fields.put("version", letter.text(LetterHeader.VERSION));
        fields.put("errorClass", letter.text(LetterHeader.ERROR_CLASS));
        fields.put("errorMessage", letter.text(LetterHeader.ERROR_MESSAGE));
        fields.put("attempt", letter.text(LetterHeader.ATTEMPT));
        fields.put("size", letter.size());
        fields.put("overflow", Overflow.of(letter).map(Overflow::address).orElse(null));
        return fields;
    }
}
