package io.millrace.cdc.functions;

import io.millrace.common.source.kafka.TopicIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * meets a topic that is new.
 *
 * <p>State: the id of each topic.
 */
final class SameTopics {

    private static final Logger LOG = LoggerFactory.getLogger(SameTopics.class);

    private final TopicIds ids;
    private final String redrive;
    private final boolean isFirst;
    private final long intervalNanos;
    private final ListState<Tuple2<String, String>> saved;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> found = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private long asked;

    private SameTopics(
            TopicIds ids, String redrive, boolean isFirst, Duration interval, ListState<Tuple2<String, String>> saved) {
        this.ids = ids;
        this.redrive = redrive;
        this.isFirst = isFirst;
        this.intervalNanos = interval.toNanos();
        this.saved = saved;
    }

    /**
     * Restores what is known. A savepoint of an earlier version knows nothing: the topics are then those of now.
     *
     * @param redrive the one among them that dead letters are sent again to
     * @param isFirst whether this is the first subtask
     * @param interval the least time between two checkpoints that ask
     * @throws OtherTopicException if a topic is another one
     * @throws IOException if nobody answers
     */
    static SameTopics open(
            TopicIds ids, String redrive, boolean isFirst, Duration interval, FunctionInitializationContext context)
            throws Exception {
        SameTopics topics = new SameTopics(
                ids,
                redrive,
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
            throw topic.equals(redrive)
                    ? OtherTopicException.ofLetters(topic, before, now)
                    : OtherTopicException.ofRows(topic, before, now);
        }
    }

    /** Notes that a record of a topic has come. */
    void meet(String topic) throws IOException {
        if (met.add(topic)) {
            String id = ids.ask().get(topic);
            if (id != null) {
                note(topic, id);
            }
        }
    }

    private void ask() throws IOException {
        ids.ask().forEach(this::note);
        asked = System.nanoTime();
    }

    private void note(String topic, String id) {
        requireSame(topic, known.putIfAbsent(topic, id), id);
        found.putIfAbsent(topic, id);
        met.add(topic);
    }

    /** Saves what is known, after a look whether it still is so; the next start will look if nobody answers now. */
    void save() throws Exception {
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
