package io.millrace.common.serde.debezium;

import io.millrace.common.event.RowChange;

/** What a Kafka record of a Debezium topic says. */
public sealed interface Parsed {

    /** A row changed. */
    record Change(RowChange change) implements Parsed {}

    /** No row changed, on purpose. */
    record Skipped(Reason reason) implements Parsed {}

    /** Why a record carries no row. */
    enum Reason {
        HEARTBEAT("heartbeat"),
        TRANSACTION("transaction"),
        SCHEMA_CHANGE("schema-change"),
        LOGICAL_MESSAGE("logical-message"),
        /** A tombstone without a key: nothing is said about any row. */
        EMPTY("empty");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** Returns the value of the metric's label. */
        public String label() {
            return label;
        }
    }
}
