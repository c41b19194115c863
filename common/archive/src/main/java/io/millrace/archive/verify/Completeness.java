package io.millrace.archive.verify;

import io.millrace.archive.digest.Digest;
import io.millrace.archive.digest.SignedDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Whether digests are there that must be: of each partition, through the day that was asked for, and at the witness. */
final class Completeness {

    private static final int MOST_MISSING = 1_000;

    private final Map<Integer, NavigableMap<LocalDate, SignedDigest>> digests;
    private final Findings findings;

    Completeness(Map<Integer, NavigableMap<LocalDate, SignedDigest>> digests, Findings findings) {
        this.digests = digests;
        this.findings = findings;
    }

    /** Checks that a partition is sealed through a day. */
    void checkThrough(LocalDate to) {
        digests.forEach((partition, days) -> {
            if (days.lastKey().isBefore(to)) {
                String name = Digest.name(days.lastKey().plusDays(1), partition);
                findings.digest(
                        partition,
                        name,
                        "it is missing: the partition is sealed through " + days.lastKey() + ", asked for was " + to);
            }
        });
    }

    /** Checks that each partition has digests that another partition's digests know of. */
    void checkPartitions() {
        TreeMap<Integer, String> known = new TreeMap<>();
        digests.values().stream()
                .flatMap(days -> days.values().stream())
                .map(SignedDigest::digest)
                .forEach(digest -> known.put(digest.partitions(), digest.name()));
        if (!known.isEmpty()) {
            missing(known.lastKey(), known.lastEntry().getValue());
        }
    }

    /** A digest that somebody made up can speak of two billion partitions. */
    private void missing(int partitions, String by) {
        int found = 0;
        for (int partition = 0; partition < partitions; partition++) {
            if (digests.containsKey(partition)) {
                continue;
            }
            found++;
            boolean isLast = found == MOST_MISSING;
            String more = isLast ? ", and those behind it are not looked for" : "";
            findings.digest(
                    partition,
                    "digests",
                    "the partition has no digest" + more + "; by " + by + " there are " + partitions + " partitions");
            if (isLast) {
                return;
            }
        }
    }

    /** Checks that what a witness has is here, and the same. */
    void checkWitness(String name, Map<Integer, NavigableMap<LocalDate, SignedDigest>> witness) {
        witness.forEach((partition, days) -> days.forEach((day, seen) -> {
            SignedDigest here = digests.getOrDefault(partition, new TreeMap<>()).get(day);
            if (here == null) {
                witness(
                        seen,
                        name + " has this digest, and the archive does not: it was removed, or the archive is an older"
                                + " one");
            } else if (!Arrays.equals(here.toBytes(), seen.toBytes())) {
                witness(seen, name + " has another digest of this day");
            }
        }));
    }

    private void witness(SignedDigest seen, String what) {
        Digest digest = seen.digest();
        findings.add(new Finding(Finding.Kind.WITNESS, digest.chain().partition(), null, digest.name(), what));
    }
}
