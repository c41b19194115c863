package io.millrace.benchmarks.analytics;

import java.nio.charset.StandardCharsets;

/**
 * One record of a topic.
 *
 * @param time when it happened, which is its record's time too
 */
record Event(String key, String json, long time) {

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    int partition(int partitions) {
        return Math.floorMod(key.hashCode(), partitions);
    }
}
