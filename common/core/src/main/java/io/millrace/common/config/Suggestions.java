package io.millrace.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Suggestions {

    private Suggestions() {}

    /** Returns {@code "; did you mean `x`?"} for the closest candidate, or an empty text if none is close. */
    public static String didYouMean(String written, Collection<String> candidates) {
        return closest(written, candidates)
                .map(word -> "; did you mean `" + word + "`?")
                .orElse("");
    }

    /** Returns the candidate with the fewest edits, if they are at most a third of its letters. */
    public static Optional<String> closest(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isClose(written, candidate))
                .min(Comparator.<String>comparingInt(candidate -> edits(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isClose(String written, String candidate) {
        boolean abbreviated = Math.min(written.length(), candidate.length()) > 3
                && (written.startsWith(candidate) || candidate.startsWith(written));
        return abbreviated || edits(written, candidate) <= Math.max(2, candidate.length() / 3);
    }

    /** Levenshtein distance, two rows at a time. */
    private static int edits(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
