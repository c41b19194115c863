package io.millrace.analytics.parse;

import java.io.Serializable;

/**
 * A kind of events: travels with the job graph, and makes a parser where a source runs.
 *
 * @param <E> the events
 */
@FunctionalInterface
public interface ParserOf<E> extends Serializable {

    EventParser<E> open(EventLimits limits);
}
