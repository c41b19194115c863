package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The table's topic. */
final class TopicTarget implements Target {

    private final BenchTopic topic;
    private final Admin admin;

    TopicTarget(BenchTopic topic) {
        this.topic = topic;
        admin = topic.admin();
    }

    @Override
    public void clear() throws ExecutionException, InterruptedException {
        topic.create();
    }

    @Override
    public long count() throws ExecutionException, InterruptedException {
        return topic.count(admin);
    }

    @Override
    public Checksum checksum() throws IOException {
        return topic.checksum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
