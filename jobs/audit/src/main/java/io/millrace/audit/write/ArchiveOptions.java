package io.millrace.audit.write;

import io.millrace.archive.chain.ChainId;
import io.millrace.common.failure.Backoff;
import java.io.Serializable;
import java.util.Optional;

/**
 * Where the archive is, and of which size its files are.
 *
 * @param address of its folder, as Flink's file systems understand it
 * @param name what the archive is called
 * @param fileSize in bytes, from which on a file ends before the checkpoint ends it
 * @param compactedSize in bytes, that a file should have when its day is sealed
 * @param mostFiles small files of a day that is not sealed, at which they are joined
 * @param witness address of the second place that gets the digests; empty text if there is none
 * @param digests the topic that gets them
 * @param acceptLost whether records may be missing that Kafka removed before they were archived
 * @param backoff how an outage of the archive or the witness is borne
 */
public record ArchiveOptions(
        String address,
        String name,
        String topic,
        long fileSize,
        long compactedSize,
        int mostFiles,
        String witness,
        String digests,
        boolean acceptLost,
        Backoff backoff)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Returns which chain a partition has. */
    public ChainId chain(int partition) {
        return new ChainId(name, topic, partition);
    }

    /** Returns where the witness is, if there is one. */
    public Optional<String> witnessAddress() {
        return witness.isEmpty() ? Optional.empty() : Optional.of(witness);
    }
}
