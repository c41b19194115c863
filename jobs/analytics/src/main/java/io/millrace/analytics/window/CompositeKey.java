package io.millrace.analytics.window;

import java.util.ArrayList;
import java.util.List;

/** Several names as one text, such as {@code EUR/books}: a stream is keyed by a text. */
public final class CompositeKey {

    private static final String SEPARATOR = "/";

    private CompositeKey() {}

    /** Returns the text of some names, the last of which stands there as it is. */
    public static String join(String... names) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < names.length - 1; i++) {
            key.append(names[i].replace("%", "%25").replace(SEPARATOR, "%2F")).append(SEPARATOR);
        }
        return key.append(names[names.length - 1]).toString();
    }

    /** Returns the names of a text that was made of so many. */
    public static List<String> split(String key, int names) {
        List<String> split = new ArrayList<>(List.of(key.split(SEPARATOR, names)));
        for (int i = 0; i < names - 1; i++) {
            split.set(i, split.get(i).replace("%2F", SEPARATOR).replace("%25", "%"));
        }
        return split;
    }
}
