package io.millrace.analytics.event;

/**
 * A service answered a request.
 *
 * @param method such as {@code GET}
 * @param route what was asked for, without the values in it: {@code /orders/{id}}
 * @param status of HTTP
 * @param micros how long it took
 */
public record RequestSample(Stamp stamp, String service, String method, String route, int status, long micros)
        implements Stamped {}
