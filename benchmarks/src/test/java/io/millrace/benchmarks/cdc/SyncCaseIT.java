package io.millrace.benchmarks.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.harness.Contender;
import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.harness.Report;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.local.Addresses;
import io.millrace.local.LocalServers;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** One whole case, tiny, on real servers. */
@WithServers({Server.POSTGRES, Server.KAFKA, Server.REDIS})
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SyncCaseIT {

    private static final int ROWS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void reportsEveryContenderAndVoidsARunWhoseTargetIsWrong(LocalServers servers, Addresses addresses)
            throws Exception {
        Arena arena = arena(servers);
        Contest contest = new SyncCase(SyncTarget.REDIS, 2, 0.7, 15).prepare(arena);

        Path json = folder.resolve("report.json");
        Report.write(json, Findings.of(contest, new Pairs(arena.out()).play(contest, 1)));

        JsonNode findings = new ObjectMapper().readTree(json.toFile());
        assertThat(findings.findValuesAsText("against"))
                .containsOnly("plain-redis", "canned-redis", "one-by-one-redis (strawman)");
        assertThat(findings)
                .hasSize(9)
                .allSatisfy(finding -> assertThat(finding.path("ratio").asDouble())
                        .as("%s", finding)
                        .isPositive());
        assertThat(afterDamage(arena, addresses).wrong())
                .contains("the target holds " + (ROWS - 1) + " rows")
                .contains("the source holds " + ROWS + " rows");
    }

    /** The control: one row disappears before the target is compared. */
    private static Run afterDamage(Arena arena, Addresses addresses) throws Exception {
        Checksum expected = arena.table().checksum();
        Target damaged = new Damaged(new RedisTarget(addresses.redisPort(), 1), addresses.redisPort());
        Contender canned = SyncCase.canned(
                SyncTarget.REDIS, arena, damaged, arena.drain(arena.plan().rows()), expected);
        return canned.run();
    }

    private static Arena arena(LocalServers servers) {
        Workspace workspace = new Workspace(ProjectRoot.find(), Map.of());
        BenchPlan plan = new BenchPlan(true, List.of("redis"), 1, null, false, ROWS, ROWS, servers.ports(), 1, "bench");
        return new Arena(workspace, plan, new BenchServers(servers), new PrintWriter(new StringWriter()));
    }

    /** Loses a row. */
    private record Damaged(Target target, int port) implements Target {

        @Override
        public void clear() throws Exception {
            target.clear();
        }

        @Override
        public long count() throws Exception {
            return target.count();
        }

        @Override
        public Checksum checksum() throws Exception {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.del(Arena.TABLE + ":1");
            }
            return target.checksum();
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
