package io.millrace.common.sink.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * What a template puts between two colons: a text, or any value between two texts. A value holds no colon, and a
 * template has one between two values, so a key has one meaning only.
 *
 * @param open whether a value stands between prefix and suffix; if not, the prefix is all
 */
record KeySegment(String prefix, boolean open, String suffix) {

    /** No text of a template holds a brace. */
    private static final String VALUE = "{";

    /** Takes a template apart, given its texts, between each two of which stands a column. */
    static List<KeySegment> of(List<String> texts) {
        List<KeySegment> segments = new ArrayList<>();
        for (String part : String.join(VALUE, texts).split(":", -1)) {
            int value = part.indexOf(VALUE);
            segments.add(
                    value < 0
                            ? new KeySegment(part, false, "")
                            : new KeySegment(part.substring(0, value), true, part.substring(value + 1)));
        }
        return segments;
    }

    static boolean overlap(List<KeySegment> some, List<KeySegment> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).overlaps(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a key is made of these segments, in this order, and nothing else. */
    static boolean make(List<KeySegment> segments, String key) {
        String[] parts = key.split(":", -1);
        if (parts.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!segments.get(i).makes(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean makes(String part) {
        if (!open) {
            return part.equals(prefix);
        }
        return matches(part) && KeyText.isValue(part.substring(prefix.length(), part.length() - suffix.length()));
    }

    private boolean overlaps(KeySegment other) {
        if (!open && !other.open) {
            return prefix.equals(other.prefix);
        }
        if (open && other.open) {
            return (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                    && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
        }
        return open ? matches(other.prefix) : other.matches(prefix);
    }

    private boolean matches(String text) {
        return text.length() >= prefix.length() + suffix.length() && text.startsWith(prefix) && text.endsWith(suffix);
    }
}
