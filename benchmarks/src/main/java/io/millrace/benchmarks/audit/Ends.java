package io.millrace.benchmarks.audit;

import io.millrace.archive.bytes.Hash;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the chains of an archive end.
 *
 * @param partitions those that have records
 */
record Ends(Map<Integer, End> partitions) {

    /** The end of one. */
    record End(long records, long lastOffset, Hash lastHash) {

        @Override
        public String toString() {
            return records + " records to offset " + lastOffset + ", hash "
                    + lastHash.toString().substring(0, 16) + "…";
        }
    }

    /** Sorts the partitions. */
    Ends {
        partitions = new TreeMap<>(partitions);
    }

    /** Returns all records. */
    long records() {
        return partitions.values().stream().mapToLong(End::records).sum();
    }

    /** Returns what is wrong with others, if these are right; or nothing. */
    String difference(Ends found) {
        if (!partitions.keySet().equals(found.partitions.keySet())) {
            return "the archive has the partitions " + found.partitions.keySet() + "; it must have "
                    + partitions.keySet();
        }
        for (Map.Entry<Integer, End> each : partitions.entrySet()) {
            End end = found.partitions.get(each.getKey());
            if (!each.getValue().equals(end)) {
                return "partition " + each.getKey() + " has " + end + "; it must have " + each.getValue();
            }
        }
        return "";
    }
}
