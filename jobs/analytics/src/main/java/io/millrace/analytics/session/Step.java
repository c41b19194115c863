package io.millrace.analytics.session;

import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Stamped;

/**
 * Something that happened in a session.
 *
 * @param page that was looked at; empty for anything else
 */
record Step(Stamp stamp, String page, ActionType type) implements Stamped {}
