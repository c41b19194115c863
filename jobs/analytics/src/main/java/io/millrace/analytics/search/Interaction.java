package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;
import org.jspecify.annotations.Nullable;

/**
 * A search, or a click that may follow from one.
 *
 * @param user a hash of who it was
 * @param term what was searched for; null for a click
 * @param found whether there was a result; true if that is not known
 * @param counts false for a search that is counted elsewhere, by its id, and is here for clicks that do not name it
 */
record Interaction(Stamp stamp, long user, @Nullable String term, boolean found, boolean counts) implements Stamped {}
