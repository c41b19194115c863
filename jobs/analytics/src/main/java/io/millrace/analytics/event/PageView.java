package io.millrace.analytics.event;

import org.jspecify.annotations.Nullable;

/**
 * Somebody looked at a page.
 *
 * @param sessionId null if it is not named
 */
public record PageView(
        String pageUrl, Visit visit, @Nullable String sessionId) implements Stamped {

    @Override
    public Stamp stamp() {
        return visit.stamp();
    }
}
