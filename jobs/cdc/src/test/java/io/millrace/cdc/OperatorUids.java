package io.millrace.cdc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The uids of a job, as they decide about its savepoints. */
final class OperatorUids {

    private OperatorUids() {}

    /** Returns the uid of every operator, those that a sink adds included; {@code null} stands for none. */
    static List<String> of(StreamExecutionEnvironment env) {
        StreamGraph graph = env.getStreamGraph(false);
        List<String> uids = new ArrayList<>();
        graph.getStreamNodes().forEach(node -> uids.add(String.valueOf(node.getTransformationUID())));
        uids.sort(null);
        return uids;
    }

    /** Returns in how many subtasks each operator runs, by its uid. */
    static Map<String, Integer> parallelismOf(StreamExecutionEnvironment env) {
        Map<String, Integer> parallelism = new HashMap<>();
        env.getStreamGraph(false)
                .getStreamNodes()
                .forEach(node -> parallelism.put(String.valueOf(node.getTransformationUID()), node.getParallelism()));
        return parallelism;
    }
}
