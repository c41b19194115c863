package io.millrace.analytics.event;

/** What happened at some time, told by one record. */
public interface Stamped {

    Stamp stamp();
}
