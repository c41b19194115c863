package io.millrace.common.failure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pauses between attempts while a target is away or throttles: each twice as long as the one before, up to a
 * limit, until patience ends. One instance stands for one outage.
 */
public final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String target;
    private final Backoff backoff;
    private final CountDownLatch closed;
    private final LongSupplier nanoTime;
    private final long began;
    private long pauseMillis;

    /**
     * Begins with the first attempt.
     *
     * @param target its name, as people write it
     * @param closed ends a pause when it reaches zero
     */
    public Outage(String target, Backoff backoff, CountDownLatch closed, LongSupplier nanoTime) {
        this.target = target;
        this.backoff = backoff;
        this.closed = closed;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.pauseMillis = backoff.first().toMillis();
    }

    /**
     * Tells an attempt not to begin.
     *
     * @throws IOException if the writer was closed
     */
    public void requireOpen() throws IOException {
        if (closed.getCount() == 0) {
            throw new IOException("the writer is closed; what it did not write comes again after a restart");
        }
    }

    /**
     * Waits before the next attempt.
     *
     * @param cause why the last one did not succeed
     * @throws IOException if patience has ended, or the writer was closed
     */
    public void pause(IOException cause) throws IOException, InterruptedException {
        Duration borne = Duration.ofNanos(nanoTime.getAsLong() - began);
        if (borne.compareTo(backoff.giveUpAfter()) >= 0) {
            throw new IOException(
                    target + " has taken no write for " + borne.toSeconds() + " s; nothing is lost, the job goes on"
                            + " from its last checkpoint once " + target + " is back",
                    cause);
        }
        LOG.warn("waiting {} ms for {}: {}", pauseMillis, target, cause.getMessage());
        long jittered =
                (long) (pauseMillis * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
        if (closed.await(jittered, TimeUnit.MILLISECONDS)) {
            throw new IOException("the writer was closed while it waited for " + target, cause);
        }
        pauseMillis = Math.min(2 * pauseMillis, backoff.longest().toMillis());
    }
}
