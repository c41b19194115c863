package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.workload.Checksum;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The topics of one table or several. */
final class TopicTarget implements Target {

    private final List<BenchTopic> topics;
    private final Admin admin;

    TopicTarget(List<BenchTopic> topics) {
        this.topics = topics;
        admin = topics.get(0).admin();
    }

    @Override
    public void clear() throws ExecutionException, InterruptedException {
        for (BenchTopic topic : topics) {
            topic.create();
        }
    }

    @Override
    public long count() throws ExecutionException, InterruptedException {
        return BenchTopic.count(admin, topics);
    }

    @Override
    public Checksum checksum() throws IOException {
        return TopicContent.read(topics).checksum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
