package io.millrace.archive.verify;

import io.millrace.archive.bytes.Hash;

/**
 * Where a chain is before a file.
 *
 * @param lastOffset of the record before, or -1 if there is none
 * @param lastHash of the record before
 */
record ChainLink(long lastOffset, Hash lastHash) {}
