package io.millrace.cli.audit;

import io.millrace.archive.verify.Finding;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.cli.Printable;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Says what a verification came to: what is proven, what cannot be, and what is wrong. */
final class VerifyReport {
    private static final int MOST_FINDINGS = 100;
    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;

    private final PrintWriter out;

    VerifyReport(PrintWriter out) {
        this.out = out;
    }

    void print(Report report, TopicOutcome topic, VerifyOptions options, long nanos, List<Finding> wrong) {
        out.printf(
                "archive `%s`, %d partition(s)%n",
                Printable.line(report.archive()), report.sealedThrough().size());
        proven(report, topic);
        notProven(report, topic, options);
        out.printf(
                Locale.ROOT,
                "read %.1f MB of records in %.2f s, %.0f MB/s%n",
                report.bytes() / MEGA,
                nanos / NANOS,
                report.bytes() / MEGA / (nanos / NANOS));
        verdict(wrong);
    }

    private void proven(Report report, TopicOutcome topic) {
        say("proven", report.sealed(), "by signed digests: nothing was changed, removed, inserted or moved");
        if (!report.sealedThrough().isEmpty()) {
            TreeSet<LocalDate> through = new TreeSet<>(report.sealedThrough().values());
            out.printf("        sealed through %s in every partition%n", through.first());
        }
        if (topic.same() > 0) {
            say("proven", topic.same(), "are in the topic as they are here: position, timestamp, key, headers, bytes");
        }
        if (topic.samePlace() > 0) {
            say("proven", topic.samePlace(), "are in the topic at the same position, with the same timestamp");
        }
    }

    private void notProven(Report report, TopicOutcome topic, VerifyOptions options) {
        if (report.chained() > 0) {
            say(
                    "not proven",
                    report.chained(),
                    "are not sealed yet: they follow by the chain, and whoever can write to the"
                            + " archive could have written others");
        }
        if (report.expired() > 0) {
            say(
                    "not proven",
                    report.expired(),
                    "were removed, as signed statements say; of what was in them, their"
                            + " digests' hashes alone are left");
        }
        if (report.unlisted() > 0) {
            out.printf("not proven: %d file(s) came while this ran%n", report.unlisted());
        }
        if (options.to() == null && options.witnesses().isEmpty()) {
            out.println("not proven: that the newest days were not cut off; --to or --witness tells");
        }
        if (!topic.wasAsked()) {
            out.println(
                    "not proven: that each record came from the topic, and that none was left out; --kafka compares");
            return;
        }
        if (topic.notRetained() > 0) {
            say("not proven", topic.notRetained(), "are not in the topic any longer");
        }
        if (topic.erased() > 0) {
            say("not proven", topic.erased(), "cannot be compared with the topic's bytes: a person was erased");
        }
        if (!topic.hadKeys() && topic.samePlace() > 0) {
            out.println(
                    "not proven: that keys, headers and bytes are those of the topic; --master-key-file opens them");
        }
        if (topic.notArchived() > 0) {
            say("not proven", topic.notArchived(), "of the topic are not in the archive yet");
        }
    }

    private void say(String what, long records, String of) {
        out.printf("%s: %d record(s) %s%n", what, records, of);
    }

    private void verdict(List<Finding> wrong) {
        wrong.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> out.println("WRONG " + Printable.line(finding.toString())));
        if (wrong.size() > MOST_FINDINGS) {
            out.printf("and %d more%n", wrong.size() - MOST_FINDINGS);
        }
        if (wrong.isEmpty()) {
            out.println("OK nothing is wrong");
            return;
        }
        Optional<Finding> first = wrong.stream()
                .sorted()
                .filter(finding -> finding.offset() != null)
                .findFirst();
        out.printf(
                "%d thing(s) are wrong; the first wrong record is %s%n",
                wrong.size(),
                first.map(finding ->
                                finding.partition() + "-" + finding.offset() + " in " + Printable.line(finding.where()))
                        .orElse("none that can be named"));
    }
}
