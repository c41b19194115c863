package io.millrace.shop.visitors;

import io.millrace.shop.WorkloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Visitors who come, do something and go, in a thread of their own. What they do is told with records that have the time
 * of the visitors, not that of the machine, so that hours of windows are over within minutes.
 */
public final class Visitors implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final long PATIENCE_SECONDS = 120;

    private final VisitorTopics topics;
    private final VisitorOptions options;
    private final VisitorCounts counts = new VisitorCounts();
    private final VisitorScript script;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::play, "visitors");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile List<Telling> closing = List.of();
    private volatile Instant now;
    private volatile boolean stopped;
    private volatile boolean someAreTooLate;
    private volatile boolean someAreHostile;
    private volatile boolean nothingIsNamed;

    private Visitors(String bootstrap, VisitorTopics topics, VisitorOptions options) {
        this.topics = topics;
        this.options = options;
        this.script = new VisitorScript(topics, options, counts);
        this.producer = new KafkaProducer<>(settings(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        this.now = options.begin();
    }

    /** Tells the history, and then lets time go on. */
    public static Visitors start(String bootstrap, VisitorTopics topics, VisitorOptions options) {
        Visitors visitors = new Visitors(bootstrap, topics, options);
        visitors.thread.start();
        return visitors;
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "compression.type",
                "gzip",
                "linger.ms",
                10,
                "delivery.timeout.ms",
                300_000,
                "buffer.memory",
                16L << 20);
    }

    /** Returns what time it is to the visitors. */
    public Instant time() {
        return now;
    }

    public VisitorCounts counts() {
        return counts;
    }

    /**
     * From now on some tell of what happened in the first ten minutes. To be called when whoever counts has told those:
     * then it is too late for that, whatever order the rest is read in.
     */
    public void letSomeBeTooLate() {
        someAreTooLate = true;
    }

    /** From now on most records are broken, and some visitors use names that were made to do harm. */
    public void letSomeBeHostile() {
        someAreHostile = true;
    }

    /**
     * From now on no event says its name, so that what is told twice counts twice. Who compares finds the name in the header
     * {@link VisitorTopics#NAME_HEADER}.
     */
    public void nameNothing() {
        nothingIsNamed = true;
    }

    /** Returns whether the visitors are still at it. */
    public boolean isHealthy() {
        return failure.get() == null;
    }

    /**
     * Lets the last visitors go, in the first half of an hour, and tells of closing time: every window with something in
     * it is then over. To them it stays the time at which they go.
     *
     * @throws WorkloadException if what they did could not be told
     */
    public VisitorCounts stop() {
        end();
        if (failure.get() == null) {
            try {
                Map<String, Integer> partitions = new HashMap<>();
                for (String topic : List.of(topics.views(), topics.actions(), topics.requests())) {
                    partitions.put(topic, producer.partitionsFor(topic).size());
                }
                Instant end = VisitorScript.lastMinute(now);
                List<Telling> last = script.closing(end, partitions);
                now = end;
                last.forEach(this::send);
                producer.flush();
                closing = last.stream()
                        .filter(telling -> telling.partition() >= 0)
                        .toList();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }
        @Nullable Throwable failed = failure.get();
        if (failed != null) {
            throw new WorkloadException("the visitors' events cannot be told: " + failed.getMessage(), failed);
        }
        return counts;
    }

    /**
     * Repeats that it is closing time, once {@link #stop()} has told it: a job that went on from a checkpoint since then
     * knows of no time until something comes.
     */
    public void repeatClosing() {
        closing.forEach(this::send);
        producer.flush();
    }

    @Override
    public void close() {
        end();
        producer.close(Duration.ZERO);
    }

    private void end() {
        stopped = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkloadException("interrupted while the visitors came to their end", e);
        }
        if (thread.isAlive()) {
            failure.compareAndSet(null, new IllegalStateException("Kafka takes no records"));
        }
    }

    private void play() {
        try {
            Instant history = options.begin().plus(options.history());
            tellUpTo(history);
            long before = System.nanoTime();
            while (!stopped && failure.get() == null) {
                LockSupport.parkNanos(TICK.toNanos());
                long nanos = System.nanoTime();
                tellUpTo(now.plusNanos((long) ((nanos - before) * speed())));
                before = nanos;
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private double speed() {
        return now.isBefore(Instant.now().minus(options.latest())) ? options.speed() : 1;
    }

    private void tellUpTo(Instant time) {
        if (someAreTooLate) {
            script.letSomeBeTooLate();
        }
        if (someAreHostile) {
            script.letSomeBeHostile();
        }
        if (nothingIsNamed) {
            script.nameNothing();
        }
        script.upTo(time).forEach(this::send);
        now = time;
    }

    private void send(Telling telling) {
        counts.add(VisitorCounts.RECORDS);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                telling.topic(),
                telling.partition() < 0 ? null : telling.partition(),
                telling.at(),
                telling.key().getBytes(StandardCharsets.UTF_8),
                telling.value());
        String name = telling.name();
        if (name != null) {
            record.headers().add(VisitorTopics.NAME_HEADER, name.getBytes(StandardCharsets.UTF_8));
        }
        Future<RecordMetadata> unused = producer.send(record, (written, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }
}
