package io.millrace.cli.topic;

import java.util.Map;

/**
 * A topic as the cluster has it.
 *
 * @param replication copies of its first partition
 * @param config the effective values, the broker's defaults included
 */
record ExistingTopic(String name, int partitions, int replication, Map<String, String> config) {}
