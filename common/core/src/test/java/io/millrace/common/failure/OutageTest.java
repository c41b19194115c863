package io.millrace.common.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutageTest {

    private final IOException cause = new IOException("Connection refused");

    private final CountDownLatch closed = new CountDownLatch(1);
    private long nanos;

    @Test
    void pausesUntilPatienceEnds() throws Exception {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(60));
        Outage outage = new Outage("Elasticsearch", backoff, closed, () -> nanos);

        for (int second = 0; second < 60; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            outage.pause(cause);
        }
        nanos = Duration.ofSeconds(60).toNanos();

        assertThatThrownBy(() -> outage.pause(cause))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("60 s")
                .hasCause(cause);
    }

    @Test
    void pausesLongerEachTimeUpToTheLongest() throws Exception {
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(60));
        Outage outage = new Outage("Elasticsearch", backoff, closed, () -> nanos);
        long began = System.nanoTime();

        for (int pause = 0; pause < 4; pause++) {
            outage.pause(cause);
        }

        // 10 + 20 + 40 + 40 ms, each shortened by a fifth at most
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(88));
    }

    @Test
    void endsAtOnceWhenTheWriterIsClosed() {
        Backoff backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2));
        Outage outage = new Outage("Elasticsearch", backoff, closed, () -> nanos);
        closed.countDown();

        assertThatThrownBy(() -> outage.pause(cause))
                .hasMessageContaining("closed")
                .hasCause(cause);
        assertThatThrownBy(outage::requireOpen).hasMessageContaining("closed");
    }
}
