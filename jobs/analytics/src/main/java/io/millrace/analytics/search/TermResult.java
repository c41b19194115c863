package io.millrace.analytics.search;

/**
 * What was searched for in a window.
 *
 * @param start of the window, in epoch milliseconds
 * @param users estimated
 * @param empty searches without a result
 * @param clicked searches that a click followed from
 * @param events searches, and what was told of clicks
 * @param late events that came after the window had ended
 */
public record TermResult(
        long start, String term, long searches, long users, long empty, long clicked, long events, long late) {

    /** Returns that the term is shown with numbers that nobody knows. */
    TermResult unknown() {
        return new TermResult(start, term, -1, 0, 0, 0, 0, 0);
    }
}
