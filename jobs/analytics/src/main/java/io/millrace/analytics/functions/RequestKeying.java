package io.millrace.analytics.functions;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.SingleKeying;

/**
 * A request counts for its service, method and route.
 *
 * @param errorsFrom the lowest status that is an error
 */
public record RequestKeying(int errorsFrom) implements SingleKeying<RequestSample, Request> {

    private static final long serialVersionUID = 1L;

    @Override
    public String key(RequestSample sample) {
        return CompositeKey.join(sample.service(), sample.method(), sample.route());
    }

    @Override
    public Request event(RequestSample sample) {
        return new Request(sample.stamp(), sample.micros(), sample.status() >= errorsFrom);
    }
}
