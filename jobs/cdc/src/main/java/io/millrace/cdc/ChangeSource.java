package io.millrace.cdc;

import io.millrace.cdc.model.Changes;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where row changes come from: reads a real system and adds every operator up to a versioned change. */
@FunctionalInterface
public interface ChangeSource {

    /** Adds the source to the job. */
    Changes addTo(StreamExecutionEnvironment env);
}
