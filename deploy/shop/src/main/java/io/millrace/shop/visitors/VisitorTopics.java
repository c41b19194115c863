package io.millrace.shop.visitors;

/**
 * The topics that visitors are told to.
 *
 * @param views of pages
 * @param actions of users
 * @param requests samples of how services answer
 */
public record VisitorTopics(String views, String actions, String requests) {

    /** A header of records whose events do not say their own names, as {@code eventId} would: no job reads it. */
    public static final String NAME_HEADER = "visitor-event";

    /** Returns those of the contracts. */
    public static VisitorTopics standard() {
        return new VisitorTopics("page-views", "user-actions", "metrics");
    }
}
