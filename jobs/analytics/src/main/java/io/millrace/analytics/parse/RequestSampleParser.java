package io.millrace.analytics.parse;

import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.Stamp;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code {eventId?, service, route, method, status, durationMs, timestamp?}}. */
public final class RequestSampleParser extends EventParser<RequestSample> {

    private static final int LONGEST_ROUTE = 1_024;
    private static final int LONGEST_METHOD = 32;
    private static final int MOST_STATUS = 999;
    private static final int NONE = -1;

    private @Nullable String service;
    private @Nullable String route;
    private @Nullable String method;
    private int status;
    private long micros;

    public RequestSampleParser(EventLimits limits) {
        super(limits);
    }

    @Override
    void begin() {
        service = null;
        route = null;
        method = null;
        status = NONE;
        micros = NONE;
    }

    @Override
    void take(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "service" -> service = value.known(LONGEST_NAME);
            case "route" -> route = value.known(LONGEST_ROUTE);
            case "method" -> method = value.known(LONGEST_METHOD);
            case "status" -> status = value.count(MOST_STATUS);
            case "durationMs" -> micros = value.millisAsMicros();
            default -> {}
        }
    }

    @Override
    RequestSample end(Stamp stamp) throws DataException {
        if (status < 0) {
            throw new DataException("`status` is missing, or below 0");
        }
        if (micros < 0) {
            throw new DataException("`durationMs` is missing");
        }
        return new RequestSample(
                stamp, require("service", service), require("method", method), require("route", route), status, micros);
    }
}
