package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Role;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.process.ChildProcess;
import io.millrace.benchmarks.process.Drain;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The least that reading JSON from Kafka costs: bare polls of the topic, and then a scan of the same bytes. */
record CompositeLimit(Scene scene, String topic, long events) implements Contender {

    static final String NAME = "poll-and-scan";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.LIMIT;
    }

    @Override
    public Run run() throws Exception {
        return both(part("poll"), part("scan"));
    }

    private Run part(String peer) throws Exception {
        try (ChildProcess child = ChildProcess.start(
                scene.peer(peer, topic, events), scene.servers().data().log("bench-" + peer))) {
            child.go();
            Run run = new Drain(0, events, PATIENCE)
                    .watch(List.of(child.pid()), scene.servers().serverPids(), child::progress, child::isAlive, "");
            return run.isValid() ? run : run.voided(peer + ": " + run.wrong() + "; " + child.lastWords());
        }
    }

    /** Returns the run of who does one after the other: 1 / (1/poll + 1/scan). */
    static Run both(Run poll, Run scan) {
        double share = (double) poll.records() / Math.max(1, scan.records());
        return new Run(
                poll.records(),
                poll.seconds() + scan.seconds() * share,
                poll.pipelineSeconds() + scan.pipelineSeconds() * share,
                poll.serverSeconds(),
                poll.wrong() + scan.wrong(),
                String.format(Locale.ROOT, "poll %.0f/s, scan %.0f/s", poll.rate(), scan.rate()));
    }
}
