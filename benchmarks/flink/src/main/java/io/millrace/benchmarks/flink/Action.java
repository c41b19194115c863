package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is read of an action: a POJO, which Flink serializes by its fields. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Action {

    public String userId = "";
    public String type = "";

    @JsonProperty("timestamp")
    public String timestamp = "";
}
