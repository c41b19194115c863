package io.millrace.analytics.event;

/** Somebody looked at a page. */
public record PageView(String pageUrl, Visit visit) implements Stamped {

    @Override
    public Stamp stamp() {
        return visit.stamp();
    }
}
