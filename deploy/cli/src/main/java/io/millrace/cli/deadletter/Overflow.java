package io.millrace.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A payload that was too large for the broker and stands in a file.
 *
 * @param address as Flink's file systems write it
 * @param sha256 in hexadecimal
 * @param size in bytes
 */
record Overflow(String address, String sha256, long size) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What stands in the place of the payload, if the letter says that something does. */
    static Optional<Overflow> of(Letter letter) {
        if (letter.text(LetterHeader.OVERFLOW).isEmpty() || letter.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode reference = JSON.readTree(letter.value());
            return reference.path("address").isTextual()
                            && reference.path("sha256").isTextual()
                    ? Optional.of(new Overflow(
                            reference.path("address").asText(),
                            reference.path("sha256").asText(),
                            reference.path("size").asLong(-1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The bytes of a file on this machine.
     *
     * @throws IOException saying why there are none: it is elsewhere, missing, or not what the letter says
     */
    byte[] read() throws IOException {
        Path file = localFile();
        if (!Files.isRegularFile(file) || Files.size(file) != size) {
            throw new IOException(
                    "the file is not on this machine, or does not have the " + size + " bytes of the letter");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!HexFormat.of().formatHex(digest(bytes)).equalsIgnoreCase(sha256)) {
            throw new IOException(
                    "the file's SHA-256 is not the letter's: it is damaged, or not the one that was stored");
        }
        return bytes;
    }

    private Path localFile() throws IOException {
        try {
            URI uri = new URI(address);
            if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
                throw new IOException("only file: addresses are opened; fetch it with a tool for " + uri.getScheme());
            }
            return Path.of(uri.getPath());
        } catch (java.net.URISyntaxException | java.nio.file.InvalidPathException | NullPointerException e) {
            throw new IOException("the address is not one", e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
