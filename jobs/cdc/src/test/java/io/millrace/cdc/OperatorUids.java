package io.millrace.cdc;

import java.util.ArrayList;
import java.util.List;
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
}
