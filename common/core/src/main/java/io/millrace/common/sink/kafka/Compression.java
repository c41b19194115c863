package io.millrace.common.sink.kafka;

/** How batches are compressed: nothing but what every Kafka client can read. */
public enum Compression {
    NONE("none"),
    GZIP("gzip");

    private final String kafkaName;

    Compression(String kafkaName) {
        this.kafkaName = kafkaName;
    }

    /** Returns the value of Kafka's {@code compression.type}. */
    public String kafkaName() {
        return kafkaName;
    }
}
