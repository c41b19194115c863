package io.millrace.common.sink.notification;

import io.millrace.common.metrics.MetricNames;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.redis.Publisher;
import java.io.IOException;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Publishes for Socket.IO servers. Without state: a checkpoint waits until Redis has taken what came before. */
final class SocketIoSink implements Sink<Notification> {

    private static final long serialVersionUID = 1L;

    private final SocketIoConfig config;

    SocketIoSink(SocketIoConfig config) {
        this.config = config;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<Notification> createWriter(Sink.InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<Notification> createWriter(WriterInitContext context) throws IOException {
        ProcessingTimeService time = context.getProcessingTimeService();
        return new SocketIoWriter(
                config,
                Publisher.to(config.redis()),
                new TargetMetrics(context.metricGroup(), NotificationSinks.NAME, time::getCurrentProcessingTime),
                context.metricGroup()
                        .addGroup(MetricNames.ROOT)
                        .addGroup(MetricNames.REASON, "no-room")
                        .counter(MetricNames.SKIPPED.name()),
                context.getMailboxExecutor(),
                time);
    }
}
