package io.millrace.analytics.functions;

import io.millrace.analytics.event.Request;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.window.CompositeKey;
import io.millrace.analytics.window.SingleKeying;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request counts for its service, method and route. Not for several threads. */
public final class RequestKeying implements SingleKeying<RequestSample, Request> {

    private static final long serialVersionUID = 1L;

    /** Keys that are not made anew for each request: routes are few, if they are written without their values. */
    static final int MOST_KEYS = 4_096;

    private final int errorsFrom;
    private transient @Nullable Map<Names, String> keys;

    private record Names(String service, String method, String route) {}

    /** @param errorsFrom the lowest status that is an error */
    public RequestKeying(int errorsFrom) {
        this.errorsFrom = errorsFrom;
    }

    @Override
    public String key(RequestSample sample) {
        Map<Names, String> known = keys == null ? new HashMap<>() : keys;
        keys = known;
        Names names = new Names(sample.service(), sample.method(), sample.route());
        String key = known.get(names);
        if (key == null) {
            key = CompositeKey.join(names.service(), names.method(), names.route());
            if (known.size() < MOST_KEYS) {
                known.put(names, key);
            }
        }
        return key;
    }

    @Override
    public Request event(RequestSample sample) {
        return new Request(sample.stamp(), sample.micros(), sample.status() >= errorsFrom);
    }
}
