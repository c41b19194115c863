package io.millrace.common.failure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a change for a row that was to lose some columns and could not be read, so that nobody can tell which of
 * its bytes are theirs. It is a JSON text and no row: every target refuses it, and a dead letter shows it in the row's
 * place.
 */
public final class WithheldRow {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "withheld: ";
    private static final byte[] BEGIN = ('"' + MARK).getBytes(StandardCharsets.UTF_8);

    private WithheldRow() {}

    /**
     * Returns what stands for the row.
     *
     * @param reason why it could not be read, without payload
     */
    public static byte[] because(String reason) {
        return TextNode.valueOf(MARK + reason).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns why a row is withheld; null if it is not. */
    static @Nullable String reason(byte @Nullable [] row) {
        if (row == null || row.length < BEGIN.length || !Arrays.equals(row, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return null;
        }
        try {
            return JSON.readValue(row, String.class).substring(MARK.length());
        } catch (IOException e) {
            return null;
        }
    }
}
