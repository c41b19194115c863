package io.millrace.audit.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a store does not do is tried again, for a while. */
class PatienceTest {

    /** Not so short that a slow machine would try only once. */
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1));

    private final AtomicInteger tries = new AtomicInteger();

    private String succeedAt(int which) throws IOException {
        if (tries.incrementAndGet() < which) {
            throw new IOException("no answer " + tries.get());
        }
        return "done at " + tries.get();
    }

    @Test
    void triesUntilItIsDone() throws Exception {
        try (Patience patience = new Patience("the archive", Backoff.defaults())) {
            assertThat(patience.until(() -> succeedAt(1))).isEqualTo("done at 1");
            assertThat(patience.until(() -> succeedAt(4))).isEqualTo("done at 4");
        }
    }

    /** What failed last is the cause: whoever waits decides by it. */
    @Test
    void givesUpWithWhatFailedLast() {
        try (Patience patience = new Patience("the archive", SHORT)) {
            assertThatThrownBy(() -> patience.until(() -> succeedAt(Integer.MAX_VALUE)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the archive has taken no write for")
                    .cause()
                    .hasMessage("no answer " + tries.get());
        }
        assertThat(tries.get()).isGreaterThan(1);
    }

    @Test
    void whatIsNoOutageIsNotTriedAgain() {
        try (Patience patience = new Patience("the archive", Backoff.defaults())) {
            assertThatThrownBy(() -> patience.until(() -> {
                        tries.incrementAndGet();
                        throw new IllegalStateException("a conflict");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(tries).hasValue(1);
    }

    @Test
    void nothingBeginsOnceTheJobEnds() {
        Patience patience = new Patience("the archive", Backoff.defaults());
        patience.close();

        assertThatThrownBy(() -> patience.until(() -> succeedAt(1))).isInstanceOf(IOException.class);
        assertThat(tries).as("what is tried").hasValue(0);
    }

    @Test
    void aPauseEndsWithTheJob() throws Exception {
        Duration aLongTime = Duration.ofMinutes(5);
        Patience patience = new Patience("the archive", new Backoff(aLongTime, aLongTime, aLongTime));
        CountDownLatch failed = new CountDownLatch(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                patience.until(() -> {
                    failed.countDown();
                    throw new IOException("no answer");
                });
            } catch (IOException | InterruptedException e) {
                ended.set(e);
            }
        });
        waiting.start();
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();

        patience.close();
        waiting.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(ended.get()).isInstanceOf(IOException.class).hasMessageContaining("was closed");
    }
}
