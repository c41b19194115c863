package io.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final AtomicInteger hardStops = new AtomicInteger();
    private final StopSignals signals = new StopSignals(hardStops::incrementAndGet);

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void interruptsTheStart() {
        signals.signal();
        assertThat(signals.asked()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(hardStops).hasValue(0);
    }

    @Test
    void endsARunWithoutInterruptingIt() throws InterruptedException {
        signals.startedUp();
        assertThat(signals.await(Duration.ZERO)).isFalse();
        signals.signal();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(signals.await(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void stopsHardTheSecondTime() {
        signals.startedUp();
        signals.signal();
        assertThat(hardStops).hasValue(0);
        signals.signal();
        assertThat(hardStops).hasValue(1);
    }

    @Test
    void takesSignalsOverFromTheJvm() throws Exception {
        signals.startedUp();
        signals.install(List.of("WINCH"));
        Process kill = new ProcessBuilder(
                        "kill", "-WINCH", Long.toString(ProcessHandle.current().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
        assertThat(signals.await(Duration.ofMinutes(1))).isTrue();
    }
}
