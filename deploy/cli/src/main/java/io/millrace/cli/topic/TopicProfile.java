package io.millrace.cli.topic;

/**
 * Limits of a kind of cluster.
 *
 * @param maxPartitions no topic gets more
 * @param maxReplication no topic gets more copies
 */
public record TopicProfile(int maxPartitions, int maxReplication) {
    static final TopicProfile UNLIMITED = new TopicProfile(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
