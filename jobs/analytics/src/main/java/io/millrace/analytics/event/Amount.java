package io.millrace.analytics.event;

import java.math.BigDecimal;

/** What an event adds to a sum: its money, or 1. */
public record Amount(Stamp stamp, BigDecimal value) implements Stamped {}
