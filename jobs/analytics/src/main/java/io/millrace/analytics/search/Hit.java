package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;

/**
 * What is counted for a term: a search, or that one was clicked through after all, or not.
 *
 * @param stamp of the search; of the others without a name, because they are told once
 * @param user a hash of who searched
 * @param searches 1 for a search
 * @param empty 1 for a search without a result
 * @param clicked 1 or -1 for a search that is known to be clicked through, or not to be after all
 */
record Hit(Stamp stamp, long user, int searches, int empty, int clicked) implements Stamped {}
