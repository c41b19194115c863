package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.AuditedShop;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.shop.audit.AuditTrail;
import io.millrace.shop.audit.TrailOptions;
import io.millrace.shop.check.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An audit trail, whose archive is verified and compared with its topic, and a reader who looks at it all the while. */
record AuditLoad(AuditedShop audited, FolderWatch reader, SecondVerifier second, Map<String, String> settings)
        implements Load {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration LOST = Duration.ofSeconds(10);

    static AuditLoad open(Workspace workspace, PipelineServers servers, long seed) throws IOException, SQLException {
        Path folder = servers.data().root().resolve("audit");
        AuditedShop audited = AuditedShop.open(workspace, servers.addresses(), folder, TrailOptions.seeded(seed));
        return new AuditLoad(
                audited,
                FolderWatch.of(audited.archive().files()),
                new SecondVerifier(workspace),
                PipelineSettings.of(servers).audit(audited.archive()));
    }

    @Override
    public void enter(Scene scene) {
        scene.with(audited);
    }

    @Override
    public boolean isHealthy() {
        return audited.isHealthy();
    }

    /** The first checkpoint is enough: the trail begins two days ago, so some days are sealed by then. */
    @Override
    public void awaitWork(Scene scene) {}

    /**
     * What is told while the job is away is removed from the topic before it is archived. The chain cannot know: to it these
     * are holes as Kafka makes them.
     */
    @Override
    public void lose(Scene scene) throws IOException, InterruptedException {
        scene.cancel(AUDIT);
        scene.elapse(JobFaultRun.AFTER);
        audited.told();
        TopicLoss.empty(scene.addresses().kafkaBootstrap(), AuditTrail.TOPIC);
        scene.submit(AUDIT, null, Map.of("archive.accept-lost-records", "true"));
        scene.say("control: " + AuditTrail.TOPIC + " lost what was told while " + AUDIT + " was away");
    }

    @Override
    public String stop() {
        return "everybody goes home; the audit trail told " + audited.stop();
    }

    @Override
    public List<CheckResult> compare(Scene scene, boolean control) throws IOException, InterruptedException {
        if (control) {
            scene.await("the last record in the archive", LOOK, audited::isAllArchived);
        }
        List<CheckResult> results = new ArrayList<>(audited.awaitEqual(control ? LOST : DRAIN));
        // from here on no file is joined or sealed
        scene.cancel(AUDIT);
        results.add(second.verify(audited.archive(), audited.told()));
        results.add(reader.result());
        return results;
    }

    @Override
    public void close() throws InterruptedException {
        try (audited) {
            reader.close();
        }
    }
}
