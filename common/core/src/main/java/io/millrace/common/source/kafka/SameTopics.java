package io.millrace.common.source.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requires that a job goes on with the topics that it has read, and not with others that were made under their names:
 * when it starts or restarts, and before a checkpoint. The first subtask asks for all topics; another one asks when it
 * meets a topic that is new. To be called by one thread, that of the operator whose state it is part of.
 *
 * <p>State: the id of each topic, as a union list. In the chain of a source it needs sources that do not end, and {@code
 * ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH} to be off: else Flink refuses a stop with a savepoint while some subtasks wait
 * for their output.
 */
public final class SameTopics {

    private static final Logger LOG = LoggerFactory.getLogger(SameTopics.class);

    private final TopicIds ids;
    private final UnaryOperator<String> remedy;
    private final boolean isFirst;
    private final long intervalNanos;
    private final ListState<Tuple2<String, String>> saved;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> found = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private long asked;

    private SameTopics(
            TopicIds ids,
            UnaryOperator<String> remedy,
            boolean isFirst,
            Duration interval,
            ListState<Tuple2<String, String>> saved) {
        this.ids = ids;
        this.remedy = remedy;
        this.isFirst = isFirst;
        this.intervalNanos = interval.toNanos();
        this.saved = saved;
    }

    /**
     * Restores what is known, when the operator is made. A savepoint of an earlier version knows nothing: the topics
     * are then those of now.
     *
     * @param remedy says what is to be done if a topic of a name is another one
     * @param isFirst whether this is the first subtask
     * @param interval the least time between two checkpoints that ask
     * @throws OtherTopicException if a topic is another one
     * @throws IOException if nobody answers
     */
    public static SameTopics open(
            TopicIds ids,
            UnaryOperator<String> remedy,
            boolean isFirst,
            Duration interval,
            FunctionInitializationContext context)
            throws Exception {
        SameTopics topics = new SameTopics(
                ids,
                remedy,
                isFirst,
                interval,
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("topic-ids", Types.TUPLE(Types.STRING, Types.STRING))));
        for (Tuple2<String, String> entry : topics.saved.get()) {
            topics.requireSame(entry.f0, topics.known.putIfAbsent(entry.f0, entry.f1), entry.f1);
        }
        topics.met.addAll(topics.known.keySet());
        if (isFirst) {
            topics.found.putAll(topics.known);
            topics.ask();
        }
        return topics;
    }

    private void requireSame(String topic, @Nullable String before, String now) {
        if (before != null && !before.equals(now)) {
            throw new OtherTopicException(topic, before, now, remedy.apply(topic));
        }
    }

    /**
     * Notes that a record of a topic has come.
     *
     * @throws OtherTopicException if the topic is another one
     * @throws IOException if it is new, and nobody answers
     */
    public void meet(String topic) throws IOException {
        if (met.add(topic)) {
            String id = ids.ask().get(topic);
            if (id != null) {
                note(topic, id);
            }
        }
    }

    private void ask() throws IOException {
        // also if nobody answers: each question may hold the task up for seconds
        asked = System.nanoTime();
        ids.ask().forEach(this::note);
    }

    private void note(String topic, String id) {
        requireSame(topic, known.putIfAbsent(topic, id), id);
        found.putIfAbsent(topic, id);
        met.add(topic);
    }

    /**
     * Saves what is known, after a look whether it still is so; the next start will look if nobody answers now.
     *
     * @throws OtherTopicException if a topic is another one
     */
    public void save() throws Exception {
        if (isFirst && System.nanoTime() - asked >= intervalNanos) {
            try {
                ask();
            } catch (IOException e) {
                LOG.warn("topics were not compared with those that were read before: {}", e.getMessage());
            }
        }
        List<Tuple2<String, String>> entries = new ArrayList<>();
        found.forEach((topic, id) -> entries.add(Tuple2.of(topic, id)));
        saved.update(entries);
    }
}
