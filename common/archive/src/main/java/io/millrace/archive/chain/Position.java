package io.millrace.archive.chain;

import io.millrace.archive.bytes.CanonicalBytes;

/** Where a record is in Kafka, and for which archive. */
public record Position(ChainId chain, long offset) {

    /** Checks the offset. */
    public Position {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is below 0");
        }
    }

    /** Writes what tells it from every other position. */
    public void writeTo(CanonicalBytes out) {
        chain.writeTo(out);
        out.i64(offset);
    }
}
