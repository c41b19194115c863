package io.millrace.analytics.search;

import io.millrace.analytics.window.SingleKeying;

/** A hit counts for its term. */
final class TermKeying implements SingleKeying<TermHit, Hit> {

    private static final long serialVersionUID = 1L;

    @Override
    public String key(TermHit hit) {
        return hit.term();
    }

    @Override
    public Hit event(TermHit hit) {
        return hit.hit();
    }
}
