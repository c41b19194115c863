package io.millrace.benchmarks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.local.LocalServers;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole cases, tiny, on real servers. */
@WithServers({Server.KAFKA, Server.POSTGRES})
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AuditCaseIT {

    private static final int EVENTS = 8_000;

    private final StringWriter said = new StringWriter();

    @Test
    void theJobAndItsVariantsArchiveTheSameRecords(LocalServers servers) throws Exception {
        assertThat(played(new DrainCase().play(depot(servers))))
                .extracting(Finding::against)
                .containsOnly(DrainCase.WITHOUT_CHAIN, DrainCase.WITHOUT_ENCRYPTION, DrainCase.LIMIT);
    }

    @Test
    void bothVerifiersAcceptTheArchiveThatTheJobWrote(LocalServers servers) throws Exception {
        assertThat(played(new VerifyCase().play(depot(servers))))
                .extracting(Finding::against, Finding::unit)
                .contains(tuple(VerifyCase.NODE, "MB/s"), tuple(VerifyCase.LIMIT, "pipeline CPU s per GB"));
    }

    private List<Finding> played(List<Finding> findings) {
        assertThat(findings)
                .as("%s", said)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.ratio()).isPositive());
        return findings;
    }

    private Depot depot(LocalServers servers) {
        Workspace workspace = new Workspace(ProjectRoot.find(), Map.of());
        BenchPlan plan = new BenchPlan(true, List.of(), 1, null, false, EVENTS, EVENTS, servers.ports(), 1, "bench");
        return new Depot(workspace, plan, new BenchServers(servers), new PrintWriter(said));
    }
}
