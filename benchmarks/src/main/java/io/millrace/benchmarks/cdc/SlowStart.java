package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.process.Progress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/**
 * Lets consumers have the warm-up's records slowly, by a quota of the broker, so that what is measured is no JVM that
 * compiles its code. The quota is lifted as the clocks start.
 */
record SlowStart(BenchTopic topic, long warmUp, double share, Duration least) implements RunHooks {

    /** Of a first look; longer than three checkpoints. */
    private static final Duration QUICK = Duration.ofSeconds(30);

    private static final Duration WHOLE = Duration.ofSeconds(60);

    private static final int LEAST_ROWS = 50_000;

    private static final String RATE = "consumer_byte_rate";

    /** Every client that has no quota of its own. */
    private static final ClientQuotaEntity ANY_CLIENT =
            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));

    /** Returns that of the case's topic; nothing for a topic that is read in no time. */
    static RunHooks of(Arena arena) {
        long rows = arena.plan().rows();
        if (rows < LEAST_ROWS) {
            return RunHooks.NONE;
        }
        long warmUp = arena.drain(rows).warmUp();
        Duration least = arena.plan().quick() ? QUICK : WHOLE;
        return new SlowStart(arena.topic(), warmUp, (double) warmUp / rows, least);
    }

    @Override
    public void before() throws ExecutionException, InterruptedException {
        try (Admin admin = topic.admin()) {
            // the broker takes whole numbers only
            double ofEachConsumer = Math.ceil(bytes(admin) * share / least.toSeconds() / Arena.THREADS);
            limit(admin, ofEachConsumer);
        }
    }

    @Override
    public Progress watching(Progress progress) {
        return new Progress() {
            private boolean slow = true;

            @Override
            public long count() throws Exception {
                long count = progress.count();
                if (slow && count >= warmUp) {
                    slow = false;
                    lift();
                }
                return count;
            }
        };
    }

    @Override
    public void after() throws ExecutionException, InterruptedException {
        lift();
    }

    private void lift() throws ExecutionException, InterruptedException {
        try (Admin admin = topic.admin()) {
            limit(admin, null);
        }
    }

    private static void limit(Admin admin, @Nullable Double bytesASecond)
            throws ExecutionException, InterruptedException {
        ClientQuotaAlteration.Op rate = new ClientQuotaAlteration.Op(RATE, bytesASecond);
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(ANY_CLIENT, List.of(rate))))
                .all()
                .get();
    }

    private double bytes(Admin admin) throws ExecutionException, InterruptedException {
        List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .toList();
        return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic.name()))
                .mapToDouble(replica -> replica.getValue().size())
                .sum();
    }
}
