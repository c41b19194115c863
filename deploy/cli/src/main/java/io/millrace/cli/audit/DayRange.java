package io.millrace.cli.audit;

import io.millrace.archive.crypt.Hold;
import io.millrace.archive.digest.SealedFile;
import io.millrace.archive.file.FileName;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** From which day to which day. */
final class DayRange {
    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "The first day, as 2026-03-02. Default: the first there is.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "The last day, as 2026-03-02. Default: the last there is.")
    private @Nullable LocalDate to;

    @Nullable
    LocalDate from() {
        return from;
    }

    @Nullable
    LocalDate to() {
        return to;
    }

    /** Refuses a range that ends before it begins. */
    void check(CommandSpec spec) {
        if (from != null && to != null && to.isBefore(from)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is " + to + " and --from is " + from + "; a range does not end before it begins");
        }
    }

    /** Says whether a hold is about the day of a file. */
    static boolean covers(Hold hold, SealedFile file) {
        return hold.covers(FileName.of(file.name()).orElseThrow().day());
    }

    boolean covers(SealedFile file) {
        LocalDate day = FileName.of(file.name()).orElseThrow().day();
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
