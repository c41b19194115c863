package io.millrace.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sh", "-c", "sleep 600 & wait").start();
    }

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void isAliveUntilItIsKilled() throws InterruptedException {
        ProcessIdentity identity = identity();
        assertThat(identity.alive()).isTrue();

        identity.signalTree(Signal.KILL);

        assertThat(identity.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(identity.alive()).isFalse();
    }

    @Test
    void isNotAnotherProcessOfTheSamePid() {
        ProcessIdentity earlier = new ProcessIdentity(process.pid(), "1");

        assertThat(earlier.alive()).isFalse();
        earlier.signal(Signal.KILL);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void isAliveWhileItIsFrozen() {
        ProcessIdentity identity = identity();

        identity.signal(Signal.STOP);

        assertThat(identity.alive()).isTrue();
    }

    @Test
    void theEndIsNotAwaitedForEver() throws InterruptedException {
        assertThat(identity().awaitEnd(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void aPidOfNobodyIsNoProcess() {
        assertThat(ProcessIdentity.of(Integer.MAX_VALUE)).isEmpty();
    }

    private ProcessIdentity identity() {
        return ProcessIdentity.of(process.pid()).orElseThrow();
    }
}
