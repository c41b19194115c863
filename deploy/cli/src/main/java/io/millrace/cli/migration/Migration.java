package io.millrace.cli.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One numbered file.
 *
 * @param number its place in the order, from 1
 * @param name the rest of the file's name, of {@code a-z}, {@code 0-9} and {@code _}
 * @param sql the text, with line ends of one character
 */
record Migration(int number, String name, String sql) {
    Migration {
        sql = sql.replace("\r\n", "\n");
    }

    /** The name of its file. */
    String file() {
        return "%04d_%s.sql".formatted(number, name);
    }

    /** SHA-256 of the text, in hexadecimal. */
    String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
