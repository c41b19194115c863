package io.millrace.audit.write;

import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.Outage;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Tries again what a store did not do, until its outage has lasted too long. What is tried can be done twice. */
public final class Patience implements AutoCloseable {

    private final String store;
    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes it for one store.
     *
     * @param store its name, as people write it
     */
    public Patience(String store, Backoff backoff) {
        this.store = store;
        this.backoff = backoff;
    }

    /** What is to be done. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it; if it fails, it may be done again. */
        T run() throws IOException;
    }

    /**
     * Does something.
     *
     * @throws IOException if the store was away for longer than patience lasts, or the job ends
     */
    public <T> T until(Work<T> work) throws IOException, InterruptedException {
        Outage outage = new Outage(store, backoff, closed, System::nanoTime);
        while (true) {
            try {
                outage.requireOpen();
                return work.run();
            } catch (IOException e) {
                outage.pause(e);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
