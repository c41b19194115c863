package io.millrace.common.sink.redis;

import io.millrace.common.metrics.RecordedMetrics;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.MetricsGroupTestUtils;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.flink.util.function.ThrowingRunnable;

/** The task around a writer, in the test's own thread: its clock moves only when there is no mail left. */
public final class ManualTask implements WriterInitContext, MailboxExecutor {

    public final RecordedMetrics metrics = new RecordedMetrics();

    private final SinkWriterMetricGroup group = MetricsGroupTestUtils.mockWriterMetricGroup(metrics);
    private final Deque<ThrowingRunnable<? extends Exception>> mails = new ArrayDeque<>();
    private final TestProcessingTimeService clock = new TestProcessingTimeService();

    public ManualTask() {
        setTime(0);
    }

    public long now() {
        return clock.getCurrentProcessingTime();
    }

    /** Lets time pass, and reads the mail of that time. */
    public void pass(long millis) {
        setTime(now() + millis);
        boolean found = true;
        while (found) {
            found = tryYield();
        }
    }

    private void setTime(long time) {
        try {
            clock.setCurrentTime(time);
        } catch (Exception e) {
            throw new FlinkRuntimeException("a timer failed", e);
        }
    }

    @Override
    public void execute(
            MailOptions options, ThrowingRunnable<? extends Exception> mail, String description, Object... arguments) {
        mails.add(mail);
    }

    @Override
    public void yield() {
        while (!tryYield()) {
            if (clock.getActiveTimerTimestamps().isEmpty()) {
                throw new IllegalStateException("the writer waits for something that never comes");
            }
            setTime(Collections.min(clock.getActiveTimerTimestamps()));
        }
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> mail = mails.poll();
        if (mail == null) {
            return false;
        }
        try {
            mail.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException("a mail failed", e);
        }
        return true;
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return this;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return clock;
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return group;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return true;
    }

    @Override
    public <T> TypeSerializer<T> createInputSerializer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobInfo getJobInfo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TaskInfo getTaskInfo() {
        throw new UnsupportedOperationException();
    }
}
