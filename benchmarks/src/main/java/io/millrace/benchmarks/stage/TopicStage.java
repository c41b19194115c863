package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.process.Drain;
import java.time.Duration;

/** Where contenders drain a topic, the first part of which warms the JVM up. */
public interface TopicStage extends Stage {

    /** One event of so many of a topic belongs to the warm-up. */
    int WARM_UP = 4;

    /** What is smaller is read in no time. */
    int LEAST_EVENTS = 100_000;

    /** How long the warm-up takes at least, in a first look. */
    Duration QUICK_START = Duration.ofSeconds(12);

    /** How long it takes at least. */
    Duration WHOLE_START = Duration.ofSeconds(60);

    /** Returns the time after which a run is void. */
    Duration patience();

    default Drain drain(long events) {
        return new Drain(events / WARM_UP, events, patience());
    }

    /**
     * Returns how the warm-up's events are given out slowly.
     *
     * @param consumers among which the topic is divided
     */
    default RunHooks slowStart(String topic, long events, int consumers) {
        return events < LEAST_EVENTS
                ? RunHooks.NONE
                : new SlowStart(
                        addresses().kafkaBootstrap(),
                        topic,
                        events / WARM_UP,
                        1.0 / WARM_UP,
                        plan().quick() ? QUICK_START : WHOLE_START,
                        consumers);
    }
}
