package io.millrace.cli.topic;

import io.millrace.cli.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Reads and changes the topics of one Kafka cluster. */
final class TopicAdmin implements AutoCloseable {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

    private final Admin admin;
    private final String cluster;
    private final BrokerAnswers answers;

    TopicAdmin(Properties client) {
        this.admin = Admin.create(client);
        this.cluster = client.getProperty("bootstrap.servers");
        this.answers = new BrokerAnswers(cluster);
    }

    TopicPlan plan(List<TopicSpec> wanted) {
        List<String> names = wanted.stream().map(TopicSpec::name).toList();
        int brokers = answers.await(admin.describeCluster().nodes()).size();
        int copies = wanted.stream().mapToInt(TopicSpec::replication).max().orElse(1);
        if (copies > brokers) {
            throw new CommandFailure("the list asks for " + copies + " copies of a topic and the cluster at " + cluster
                    + " has " + brokers + " broker(s); start more brokers, or use `--profile local`, which needs one");
        }
        return TopicPlan.of(wanted, existing(names));
    }

    /**
     * Makes the changes of a plan, and returns when the brokers show them: they learn of a change a little after
     * the controller has made it.
     */
    void apply(TopicPlan plan, List<TopicSpec> wanted) {
        if (plan.applicable().isEmpty()) {
            return;
        }
        change(plan);
        long deadline = System.nanoTime() + SHOWN_WITHIN.toNanos();
        while (!plan(wanted).applicable().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("Kafka at " + cluster + " does not show the changes after "
                        + SHOWN_WITHIN.toSeconds() + " s; look with `millrace topics plan`");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Kafka", e);
        }
    }

    private void change(TopicPlan plan) {
        List<NewTopic> created = new ArrayList<>();
        Map<String, NewPartitions> grown = new HashMap<>();
        Map<ConfigResource, Collection<AlterConfigOp>> configured = new HashMap<>();
        for (TopicChange change : plan.changes()) {
            if (change instanceof TopicChange.Create create) {
                TopicSpec topic = create.topic();
                created.add(new NewTopic(topic.name(), topic.partitions(), (short) topic.replication())
                        .configs(topic.config()));
            } else if (change instanceof TopicChange.AddPartitions add) {
                grown.put(add.topic(), NewPartitions.increaseTo(add.to()));
            } else if (change instanceof TopicChange.SetConfig set) {
                configured
                        .computeIfAbsent(resource(set.topic()), topic -> new ArrayList<>())
                        .add(new AlterConfigOp(new ConfigEntry(set.key(), set.to()), AlterConfigOp.OpType.SET));
            }
        }
        admin.createTopics(created).values().forEach(this::awaitCreation);
        answers.await(admin.createPartitions(grown).all());
        answers.await(admin.incrementalAlterConfigs(configured).all());
    }

    private void awaitCreation(String name, KafkaFuture<Void> creation) {
        try {
            answers.await(creation);
        } catch (CommandFailure e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new CommandFailure("topic `" + name + "`: " + e.getMessage(), e);
            }
        }
    }

    private Map<String, ExistingTopic> existing(List<String> wanted) {
        TreeSet<String> names = new TreeSet<>(answers.await(admin.listTopics().names()));
        names.retainAll(wanted);
        Map<String, TopicDescription> descriptions =
                answers.known(admin.describeTopics(names).topicNameValues());
        List<ConfigResource> described =
                descriptions.keySet().stream().map(TopicAdmin::resource).toList();
        Map<ConfigResource, Config> configs =
                answers.known(admin.describeConfigs(described).values());
        Map<String, ExistingTopic> existing = new HashMap<>();
        descriptions.forEach((name, description) -> {
            Config config = configs.get(resource(name));
            if (config != null) {
                existing.put(name, topic(name, description, config));
            }
        });
        return existing;
    }

    private static ExistingTopic topic(String name, TopicDescription description, Config config) {
        return new ExistingTopic(
                name,
                description.partitions().size(),
                description.partitions().get(0).replicas().size(),
                values(config));
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        admin.close();
    }
}
