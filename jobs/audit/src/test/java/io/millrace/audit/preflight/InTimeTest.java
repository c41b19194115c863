package io.millrace.audit.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Questions that are asked once, and not waited for. */
class InTimeTest {

    private static final InTime PATIENT = new InTime(Duration.ofMinutes(1));

    @Test
    void givesTheAnswer() throws Exception {
        assertThat(PATIENT.<Integer>ask(() -> 7)).isEqualTo(7);
    }

    @Test
    void givesWhatTheQuestionThrew() {
        IOException said = new IOException("there is no such bucket");

        assertThatThrownBy(() -> PATIENT.ask(() -> {
                    throw said;
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCause(said);
    }

    @Test
    void givesUpWhatTakesTooLongAndTellsItSo() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);

        assertThatThrownBy(() -> new InTime(Duration.ofMillis(500)).ask(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        told.countDown();
                        throw e;
                    }
                    return "too late";
                }))
                .isInstanceOf(TimeoutException.class);
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhyThereWasNoAnswer() {
        assertThat(InTime.why(new TimeoutException())).isEqualTo("no answer in time");
        assertThat(InTime.why(new IOException())).isEqualTo("IOException");
        assertThat(InTime.why(new ExecutionException(new IOException("no such bucket"))))
                .isEqualTo("IOException, no such bucket");
        assertThat(InTime.why(new IOException("Uploading failed", new SecurityException("denied"))))
                .isEqualTo("IOException, Uploading failed (SecurityException, denied)");
    }
}
