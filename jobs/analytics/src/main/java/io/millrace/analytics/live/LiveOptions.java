package io.millrace.analytics.live;

import io.millrace.analytics.model.EventTimeOptions;
import java.time.Duration;
import java.time.ZoneId;

/**
 * How counters are kept.
 *
 * @param zone whose clock says when a day begins
 * @param horizon how long an event's name is remembered, and how old an event may be to be counted
 */
public record LiveOptions(
        int generation,
        ZoneId zone,
        EventTimeOptions eventTime,
        Duration horizon,
        String pipeline,
        String lateEvents) {}
