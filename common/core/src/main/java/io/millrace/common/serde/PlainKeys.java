package io.millrace.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads plain keys of whole numbers and of texts in ASCII without a parser: most are so. */
final class PlainKeys {

    private PlainKeys() {}

    /** Returns the columns as texts in their order, or null if the key is not so, whatever else it is. */
    static @Nullable Map<String, @Nullable String> read(byte[] key, PlainColumns columns) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>(4);
        int at = 1;
        for (int i = 0; i < columns.size(); i++) {
            int value = columns.pastName(i, key, at);
            int end = value == PlainJson.UNKNOWN ? value : PlainJson.pastValue(key, value, key.length);
            String text = end == PlainJson.UNKNOWN ? null : text(key, value, end);
            if (text == null || columns.column(i).encoding() != ValueEncoding.AS_IS) {
                return null;
            }
            texts.put(columns.column(i).name(), text);
            if (!PlainJson.is(key, end, key.length, ',')) {
                boolean isWhole = key[0] == '{' && end == key.length - 1 && key[end] == '}';
                return isWhole ? texts : null;
            }
            at = end + 1;
        }
        return null;
    }

    private static @Nullable String text(byte[] key, int from, int end) {
        if (key[from] == '"') {
            return isAscii(key, from, end)
                    ? new String(key, from + 1, end - from - 2, StandardCharsets.ISO_8859_1)
                    : null;
        }
        boolean isMinusZero = end - from == 2 && key[from] == '-' && key[from + 1] == '0';
        boolean isLong = PlainJson.isLong(key, from, end) && !isMinusZero;
        return isLong ? new String(key, from, end - from, StandardCharsets.ISO_8859_1) : null;
    }

    /** Tells whether no character is more than a byte, nor written as an escape. */
    private static boolean isAscii(byte[] key, int from, int end) {
        for (int i = from; i < end; i++) {
            if (key[i] < 0 || key[i] == '\\') {
                return false;
            }
        }
        return true;
    }
}
