package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.process.Progress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/**
 * Lets consumers have the warm-up's records slowly, by a quota of the broker, so that what is measured is no JVM that
 * compiles its code. The quota is lifted as the clocks start.
 *
 * @param warmUp how many records that is
 * @param share the part of the topic that they are
 * @param least how long they take at least; longer than three checkpoints
 * @param consumers among which the topic is divided
 */
public record SlowStart(String bootstrapServers, String topic, long warmUp, double share, Duration least, int consumers)
        implements RunHooks {

    private static final String RATE = "consumer_byte_rate";

    /** Every client that has no quota of its own. */
    private static final ClientQuotaEntity ANY_CLIENT =
            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));

    @Override
    public void before() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            // the broker takes whole numbers only
            double ofEachConsumer = Math.ceil(bytes(admin) * share / least.toSeconds() / consumers);
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
        try (Admin admin = admin()) {
            limit(admin, null);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
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
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToDouble(replica -> replica.getValue().size())
                .sum();
    }
}
