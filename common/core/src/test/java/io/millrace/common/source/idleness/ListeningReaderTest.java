package io.millrace.common.source.idleness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ListeningReaderTest {

    @Test
    void nothingIsLateForAnOutage() throws Exception {
        assertThat(lateAfterOutage(true)).isZero();
    }

    /** The control: a reader that does not say what it has left is silent to whoever listens. */
    @Test
    void itWouldBeIfOnlyTimeCounted() throws Exception {
        assertThat(lateAfterOutage(false)).isPositive();
    }

    /** Two splits are in step, nothing is taken from them for a minute, and then first what one has, then the other's. */
    private static int lateAfterOutage(boolean tells) throws Exception {
        Listening task = new Listening(tells, "a", "b");
        task.say("a", 100);
        task.say("b", 100);
        task.read(10);
        task.pass(1);
        task.say("a", LongStream.range(100, 200).toArray());
        task.say("b", LongStream.range(100, 200).toArray());
        task.pass(60);
        for (int i = 0; i < 10; i++) {
            task.read(20);
            task.pass(0.2);
        }
        return task.late;
    }

    @Test
    void aSilentSplitIsNotWaitedFor() throws Exception {
        Listening task = new Listening(true, "a", "b");
        task.say("a", 100);
        task.read(10);
        task.pass(29);
        task.say("a", 200);
        task.read(10);
        assertThat(task.watermark).isEqualTo(Long.MIN_VALUE);
        task.pass(2);

        assertThat(task.watermark).isEqualTo(194_999);
        assertThat(task.idle).isFalse();
    }

    @Test
    void whenNoSplitSaysAnythingTheReaderIsIdleAndWakesWithTheFirst() throws Exception {
        Listening task = new Listening(true, "a", "b");
        task.say("a", 100);
        task.read(10);
        task.pass(31);
        assertThat(task.idle).isTrue();
        task.say("b", 200);
        task.read(10);
        task.pass(0.2);

        assertThat(task.idle).isFalse();
        assertThat(task.watermark).isEqualTo(194_999);
    }

    @Test
    void aReaderWithoutSplitsIsIdle() throws Exception {
        Listening task = new Listening(true);
        task.read(1);
        task.pass(29);
        assertThat(task.idle).isFalse();
        task.pass(2);

        assertThat(task.idle).isTrue();
    }

    /** It had gone ahead of a silent one, and is held back for that: it is not silent itself. */
    @Test
    void aSplitThatIsPausedStillHoldsTheTime() throws Exception {
        Listening task = new Listening(true, "ahead", "silent");
        task.say("silent", 100);
        task.say("ahead", 9_000);
        task.read(10);
        task.pass(1);
        task.pause(List.of("ahead"), List.of());
        task.pass(31);

        assertThat(task.watermark).isEqualTo(8_994_999);
        assertThat(task.idle).isFalse();
    }
}
