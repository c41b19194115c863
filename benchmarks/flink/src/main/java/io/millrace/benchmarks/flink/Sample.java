package io.millrace.benchmarks.flink;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What is read of a request's sample: a POJO, which Flink serializes by its fields. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Sample {

    public String service = "";
    public String route = "";
    public String method = "";
    public int status;
    public double durationMs;
    public String timestamp = "";

    String key() {
        return service + "\t" + route + "\t" + method;
    }
}
