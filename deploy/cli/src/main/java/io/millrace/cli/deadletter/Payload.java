package io.millrace.cli.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.millrace.cli.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Shows bytes to people: indented if they are JSON, as a hexadecimal dump if they are not. */
final class Payload {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ROW = 16;

    private Payload() {}

    /**
     * Several lines, safe to print.
     *
     * @param longest how many bytes of a dump to show
     */
    static String show(byte[] bytes, int longest) {
        return json(bytes).orElseGet(() -> dump(bytes, longest));
    }

    /** One line for a key: its text if it is readable, otherwise hexadecimal digits. */
    static String showKey(byte[] bytes) {
        return utf8(bytes)
                .map(Printable::line)
                .orElseGet(() -> "0x" + java.util.HexFormat.of().formatHex(bytes));
    }

    private static Optional<String> json(byte[] bytes) {
        Optional<String> text = utf8(bytes);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        StringWriter indented = new StringWriter();
        try (JsonParser parser = JSON.createParser(text.get());
                JsonGenerator generator = JSON.createGenerator(indented)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            generator.copyCurrentStructureExact(parser);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(
                indented.toString().lines().map(Printable::line).collect(java.util.stream.Collectors.joining("\n")));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String dump(byte[] bytes, int longest) {
        StringBuilder dump = new StringBuilder();
        int shown = Math.min(bytes.length, longest);
        for (int at = 0; at < shown; at += ROW) {
            StringBuilder hex = new StringBuilder();
            StringBuilder ascii = new StringBuilder();
            for (int i = at; i < Math.min(at + ROW, shown); i++) {
                hex.append("%02x ".formatted(bytes[i]));
                ascii.append(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            dump.append(at == 0 ? "" : "\n").append("%08x  %-48s %s".formatted(at, hex, ascii));
        }
        if (shown < bytes.length) {
            dump.append("\n… ").append(bytes.length - shown).append(" more bytes; --save FILE writes them all");
        }
        return dump.toString();
    }
}
