package io.millrace.common.sink.elasticsearch;

import io.millrace.common.failure.DataException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document's {@code _id} from its row's key, such that different keys never share one:
 *
 * <ul>
 *   <li>one column: its value as it is; a leading backslash is doubled;
 *   <li>several: their values joined by {@code |}, where a backslash within a value is doubled and a {@code |} gets
 *       one in front;
 *   <li>an empty value alone: {@code \e};
 *   <li>an id beyond Elasticsearch's 512 bytes: {@code \sha256:} and the hash of that id in hexadecimal.
 * </ul>
 */
final class DocumentIds {

    private static final int MOST_BYTES = 512;

    private DocumentIds() {}

    /**
     * Returns the id.
     *
     * @param key the key's columns in their order, as texts
     * @throws DataException if the key has no column, or a null in one
     */
    static String of(Map<String, @Nullable String> key) throws DataException {
        for (Map.Entry<String, @Nullable String> column : key.entrySet()) {
            if (column.getValue() == null) {
                throw new DataException("key column \"" + column.getKey() + "\" is null; a document needs an id");
            }
        }
        if (key.isEmpty()) {
            throw new DataException("the key has no column; a document needs an id");
        }
        String id = key.size() == 1 ? single(key.values().iterator().next()) : joined(key);
        return bounded(id);
    }

    private static String single(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "\\e";
        }
        return value.charAt(0) == '\\' ? "\\" + value : value;
    }

    private static String joined(Map<String, @Nullable String> key) {
        StringJoiner id = new StringJoiner("|");
        for (String value : key.values()) {
            id.add(String.valueOf(value).replace("\\", "\\\\").replace("|", "\\|"));
        }
        return id.toString();
    }

    private static String bounded(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BYTES) {
            return id;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\\sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
