package io.millrace.archive.record;

import io.millrace.archive.crypt.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The text of a field, and whose it is.
 *
 * @param owner by whose key it is encrypted; null if it stays in clear
 */
public record OwnedText(String text, @Nullable Subject owner) {

    /** Returns a text that stays in clear. */
    public static OwnedText clear(String text) {
        return new OwnedText(text, null);
    }
}
