package io.millrace.archive.chain;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.bytes.Sha256;
import java.security.MessageDigest;

/**
 * Computes the hashes of one partition's records. What a record's hash depends on is in Kafka, or follows from it and
 * the key store: reading the partition again gives the same hashes. Used by one thread.
 */
public final class Chain {

    private static final String GENESIS = "millrace-audit-1/genesis";
    private static final String RECORD = "millrace-audit-1/record";
    private static final String ROW = "millrace-audit-1/row";

    private final ChainId id;
    private final CanonicalBytes bytes = new CanonicalBytes();
    private final MessageDigest sha256 = Sha256.digest();

    public Chain(ChainId id) {
        this.id = id;
    }

    /** Returns which chain it is. */
    public ChainId id() {
        return id;
    }

    /** Returns what stands as the previous hash of the partition's first record. */
    public Hash genesis() {
        id.writeTo(bytes.begin(GENESIS));
        return Sha256.of(bytes, sha256);
    }

    /** Returns the hash of a record. */
    public Hash hash(long offset, long timestamp, Content content, Hash previous) {
        new Position(id, offset).writeTo(bytes.begin(RECORD));
        content.writeTo(bytes.i64(timestamp));
        previous.writeTo(bytes);
        return Sha256.of(bytes, sha256);
    }

    /** Returns the hash of a row: it names a row whose fields were changed, which the chain does not hold. */
    public Hash rowHash(Hash hash, Fields fields) {
        hash.writeTo(bytes.begin(ROW));
        fields.writeTo(bytes);
        return Sha256.of(bytes, sha256);
    }

    /** Returns the entry that follows a hash. */
    public Entry entry(long offset, long timestamp, Content content, Fields fields, Hash previous) {
        Hash hash = hash(offset, timestamp, content, previous);
        return new Entry(offset, timestamp, content, fields, previous, hash, rowHash(hash, fields));
    }
}
