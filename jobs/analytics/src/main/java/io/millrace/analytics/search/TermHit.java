package io.millrace.analytics.search;

import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;

/** A hit, with what was searched for. */
record TermHit(String term, Hit hit) implements Stamped {

    @Override
    public Stamp stamp() {
        return hit.stamp();
    }
}
