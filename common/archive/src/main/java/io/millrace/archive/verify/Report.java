package io.millrace.archive.verify;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a verification came to.
 *
 * @param archive what the archive is called, or the empty text if no digest could be read
 * @param sealed records whose content and completeness a signed digest proves
 * @param chained records behind the last digest: they follow from it by the chain, but who holds the archive could have
 *     written other ones
 * @param unlisted files that came too late to be listed, of which nothing is proven
 * @param expired records that were removed, of which a signed statement says so
 * @param bytes of the files that were read
 * @param ends the last sealed day of each partition
 * @param findings what is wrong, sorted by partition and offset
 */
public record Report(
        String archive,
        long sealed,
        long chained,
        long unlisted,
        long expired,
        long bytes,
        Map<Integer, SealedEnd> ends,
        List<Finding> findings) {

    /** Copies what it takes. */
    public Report {
        ends = Map.copyOf(ends);
        findings = findings.stream().sorted().toList();
    }

    /** Says whether nothing is wrong. */
    public boolean holds() {
        return findings.isEmpty();
    }

    /** Returns the last sealed day of each partition. */
    public Map<Integer, LocalDate> sealedThrough() {
        return ends.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, end -> end.getValue().day()));
    }

    /** Returns the first record that is wrong, if any can be named. */
    public Optional<Finding> firstWrongRecord() {
        return findings.stream().filter(finding -> finding.offset() != null).findFirst();
    }

    /** Returns the same with those findings alone that are among others. */
    Report onlyWith(List<Finding> others) {
        List<Finding> both = findings.stream().filter(others::contains).toList();
        return new Report(archive, sealed, chained, unlisted, expired, bytes, ends, both);
    }
}
