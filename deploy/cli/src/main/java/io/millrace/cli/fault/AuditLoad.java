package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import io.millrace.cli.Workspace;
import io.millrace.cli.audit.ArchivePlace;
import io.millrace.cli.pipeline.AuditedShop;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.local.ObjectStore;
import io.millrace.shop.audit.AuditTrail;
import io.millrace.shop.audit.TrailOptions;
import io.millrace.shop.check.CheckResult;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audit trail, whose archive is verified and compared with its topic, and a reader who looks at it all the while.
 *
 * @param store that the archive is in; null if it is in a folder
 */
record AuditLoad(
        AuditedShop audited,
        FolderWatch reader,
        SecondVerifier second,
        Map<String, String> settings,
        @Nullable ObjectStore store)
        implements Load {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration LOST = Duration.ofSeconds(10);

    static AuditLoad open(Workspace workspace, PipelineServers servers, long seed) throws IOException, SQLException {
        return openAt(place(servers), workspace, servers, seed, null);
    }

    static AuditLoad openInStore(Workspace workspace, PipelineServers servers, ObjectStore store, long seed)
            throws IOException, SQLException {
        ArchivePlace place = place(servers).inStore(StoreFaults.ADDRESS, store.environment());
        return openAt(place, workspace, servers, seed, store);
    }

    private static ArchivePlace place(PipelineServers servers) {
        return ArchivePlace.in(servers.data().root().resolve("audit"));
    }

    private static AuditLoad openAt(
            ArchivePlace place, Workspace workspace, PipelineServers servers, long seed, @Nullable ObjectStore store)
            throws IOException, SQLException {
        AuditedShop audited = AuditedShop.open(workspace, servers.addresses(), place, TrailOptions.seeded(seed));
        return new AuditLoad(
                audited,
                FolderWatch.of(audited.archive().open()),
                new SecondVerifier(workspace),
                PipelineSettings.of(servers).audit(audited.archive()),
                store);
    }

    @Override
    public void enter(Scene scene) {
        scene.with(audited);
        if (store != null) {
            scene.with(store);
        }
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
        scene.jobs().cancel(AUDIT);
        scene.elapse(JobFaultRun.AFTER);
        audited.told();
        TopicLoss.empty(scene.addresses().kafkaBootstrap(), AuditTrail.TOPIC);
        scene.jobs().submit(AUDIT, null, Map.of("archive.accept-lost-records", "true"));
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
        scene.jobs().cancel(AUDIT);
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
