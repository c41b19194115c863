package io.millrace.archive.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, and counts what is right. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();
    private long sealed;
    private long chained;
    private long unlisted;
    private long expired;
    private long bytes;

    void digest(int partition, String where, String what) {
        found.add(new Finding(Finding.Kind.DIGEST, partition, null, where, what));
    }

    void add(Finding finding) {
        found.add(finding);
    }

    void count(FileCheck.Result result, boolean isSealed) {
        found.addAll(result.findings());
        bytes += result.bytes();
        if (isSealed) {
            sealed += result.records();
        } else {
            chained += result.records();
        }
    }

    void countUnlisted() {
        unlisted++;
    }

    void countExpired(long records) {
        expired += records;
    }

    long expired() {
        return expired;
    }

    List<Finding> found() {
        return found;
    }

    long sealed() {
        return sealed;
    }

    long chained() {
        return chained;
    }

    long unlisted() {
        return unlisted;
    }

    long bytes() {
        return bytes;
    }
}
