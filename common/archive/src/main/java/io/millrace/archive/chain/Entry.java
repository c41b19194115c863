package io.millrace.archive.chain;

import io.millrace.archive.bytes.Hash;

/**
 * A record of the archive: a row of its files.
 *
 * @param timestamp Kafka's, in milliseconds since 1970: when the broker appended it
 * @param previousHash that of the record before it in its partition; for the first, that of the chain's name
 * @param hash over position, timestamp, content and previous hash
 * @param rowHash over hash and fields
 */
public record Entry(
        long offset, long timestamp, Content content, Fields fields, Hash previousHash, Hash hash, Hash rowHash) {}
