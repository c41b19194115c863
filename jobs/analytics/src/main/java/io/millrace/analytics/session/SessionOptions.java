package io.millrace.analytics.session;

import java.time.Duration;

/**
 * How sessions are found.
 *
 * @param gap from which on two steps are of two sessions
 * @param showAfter how long a session may go on until it is shown as it stands
 * @param views the topic of views
 * @param actions the topic of actions
 */
public record SessionOptions(
        int generation,
        Duration gap,
        Duration showAfter,
        Duration lateness,
        Duration horizon,
        String views,
        String actions,
        String pipeline,
        String lateEvents) {}
