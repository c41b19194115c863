package io.millrace.cli.pipeline;

import io.millrace.archive.verify.Finding;
import io.millrace.archive.verify.Report;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.audit.LocalArchive;
import io.millrace.cli.audit.Proof;
import io.millrace.cli.audit.WrongByte;
import io.millrace.shop.audit.AuditTrail;
import io.millrace.shop.audit.check.TrailLedger;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.Difference;
import io.millrace.shop.check.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An archive against the topic it was written from, before and after somebody was erased and something was changed. */
final class ArchiveChecks {

    /** The archive, as {@code --sabotage} names it. */
    static final String ARCHIVE = "audit.archive";

    private final LocalArchive archive;
    private final TrailLedger ledger;
    private final LocalDate today;

    /** @param today the first day that need not be sealed */
    ArchiveChecks(LocalArchive archive, TrailLedger ledger, LocalDate today) {
        this.archive = archive;
        this.ledger = ledger;
        this.today = today;
    }

    /** The archive verifies, and holds what a read-committed reader of its topic sees, in the clear and nothing else. */
    CheckResult proven() {
        Proof proof = prove();
        List<Difference> differences = wrong(proof.findings());
        differ(differences, "records", ledger.records(), proof.records());
        differ(differences, "same in the topic", ledger.records() - proof.notRetained(), proof.same());
        if (proof.sealed() < ledger.before(today)) {
            differ(differences, "sealed", ledger.before(today), proof.sealed());
        }
        return result(
                ARCHIVE,
                "rows=" + proof.records() + " sealed=" + proof.sealed() + " same=" + proof.same(),
                differences);
    }

    private Proof prove() {
        try {
            return archive.prove();
        } catch (IOException e) {
            throw new TargetException("the archive cannot be verified: " + e.getMessage(), e);
        }
    }

    /**
     * What is about the person is there and cannot be read; everything else can, the record of the erasure too.
     *
     * @param about how many records are about the person
     * @param others how many are not, without that of the erasure
     */
    List<CheckResult> erased(String subject, long about, long others) {
        ledger.readOn();
        Proof proof = prove();
        List<Difference> unread = new ArrayList<>();
        differ(unread, "unreadable", about, proof.unreadable());
        differ(unread, "others", others + 1, proof.same());
        List<Difference> wrong = wrong(proof.findings());
        differ(wrong, "records", ledger.records(), proof.records());
        return List.of(
                result(
                        "audit.erased",
                        "subject=" + subject + " unreadable=" + proof.unreadable() + " others=" + proof.same(),
                        unread),
                result("audit.verified-again", "rows=" + proof.records() + " sealed=" + proof.sealed(), wrong));
    }

    /**
     * A byte of a copy is changed, and a verifier that knows files and public keys alone names the record.
     *
     * @param copy the folder that a copy goes to, which is not there yet
     */
    CheckResult tampered(Path copy) {
        try {
            WrongByte changed = WrongByte.inCopy(archive.files(), copy);
            Report report = archive.verify(copy);
            String named = report.firstWrongRecord()
                    .map(finding -> finding.partition() + "-" + finding.offset())
                    .orElse("nothing");
            List<Difference> differences = new ArrayList<>();
            if (!named.equals(changed.record())) {
                differences.add(new Difference(AuditTrail.TOPIC, changed.record(), changed.file(), "named", named));
            }
            return result("audit.tampered", "changed=" + changed.record() + " named=" + named, differences);
        } catch (IOException e) {
            throw new CommandFailure("a copy of the archive cannot be made: " + e.getMessage(), e);
        }
    }

    private static List<Difference> wrong(List<Finding> findings) {
        List<Difference> differences = new ArrayList<>();
        for (Finding finding : findings) {
            @Nullable Long offset = finding.offset();
            String place = finding.partition() + (offset == null ? "" : "-" + offset);
            differences.add(
                    new Difference(AuditTrail.TOPIC, place, finding.where(), "what was archived", finding.what()));
        }
        return differences;
    }

    private static void differ(List<Difference> differences, String what, long expected, long found) {
        if (expected != found) {
            differences.add(new Difference(AuditTrail.TOPIC, "all", what, "" + expected, "" + found));
        }
    }

    private static CheckResult result(String name, String counts, List<Difference> differences) {
        return new CheckResult(
                name,
                counts,
                differences.size(),
                List.copyOf(differences.subList(0, Math.min(CheckResult.SHOWN, differences.size()))));
    }
}
