package io.millrace.cli.audit;

import io.millrace.archive.verify.Finding;
import io.millrace.archive.verify.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * What verifying an archive came to: by its files and public keys, by its witnesses, and by the topic it was written from.
 *
 * @param sealed records that signed digests prove
 * @param chained records that are not sealed yet
 * @param same records that were opened, and are in the topic as they are here
 * @param unreadable records that are in the topic at the same place, and that nobody can open any longer
 * @param notRetained records that the topic does not keep any longer
 * @param notArchived records of the topic that are behind the archive's end
 * @param findings what is wrong, sorted
 */
public record Proof(
        long sealed,
        long chained,
        long same,
        long unreadable,
        long notRetained,
        long notArchived,
        List<Finding> findings) {

    static Proof of(Report report, TopicOutcome topic) {
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.addAll(topic.findings());
        return new Proof(
                report.sealed(),
                report.chained(),
                topic.same(),
                topic.erased(),
                topic.notRetained(),
                topic.notArchived(),
                findings.stream().sorted().toList());
    }

    /** Returns how many records are in the archive, sealed or not. */
    public long records() {
        return sealed + chained;
    }
}
