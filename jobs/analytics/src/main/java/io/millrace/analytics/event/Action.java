package io.millrace.analytics.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that was done, without who did it.
 *
 * @param paid present exactly for a purchase
 */
public record Action(Stamp stamp, ActionType type, @Nullable Money paid) implements Stamped {}
