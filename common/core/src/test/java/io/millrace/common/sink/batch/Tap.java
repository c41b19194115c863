package io.millrace.common.sink.batch;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets a few elements of a job in this JVM come, steadily, and the rest once it is opened: what a test does in between
 * happens before the job's end, however slow the machine is.
 */
public final class Tap implements RateLimiterStrategy {

    private static final long serialVersionUID = 1L;

    private static final int FIRST = 60;
    private static final Map<String, CompletableFuture<Void>> OPENED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final double perSecond;

    private Tap(double perSecond) {
        this.perSecond = perSecond;
        OPENED.put(id, new CompletableFuture<>());
    }

    /** Makes a tap that is closed behind the first 60 elements of each attempt. */
    public static Tap perSecond(double elements) {
        return new Tap(elements);
    }

    /** Lets the rest come. */
    public void open() {
        OPENED.get(id).complete(null);
    }

    @Override
    public RateLimiter createRateLimiter(int parallelism) {
        RateLimiter steady = RateLimiterStrategy.perSecond(perSecond).createRateLimiter(parallelism);
        return new RateLimiter() {
            private int come;

            @Override
            public CompletionStage<Void> acquire() {
                if (come < FIRST) {
                    come++;
                    return steady.acquire();
                }
                return OPENED.get(id).thenCompose(opened -> steady.acquire());
            }
        };
    }
}
