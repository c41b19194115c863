package io.millrace.archive.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file of records says. */
public record FileName(LocalDate day, int partition, long firstOffset, long lastOffset) {

    /** The folder of all files of records. */
    public static final String FOLDER = "audit";

    private static final Pattern FORM =
            Pattern.compile(FOLDER + "/dt=(\\d{4}-\\d{2}-\\d{2})/(\\d{1,9})-(\\d{1,18})-(\\d{1,18})\\.parquet");

    /** Returns what a name says, or nothing if it is not written as such a name is. */
    public static Optional<FileName> of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            FileName read = new FileName(
                    LocalDate.parse(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    Long.parseLong(matcher.group(4)));
            return Optional.of(read).filter(found -> found.text().equals(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the name, relative to the archive. */
    public String text() {
        return FOLDER + "/dt=" + day + "/" + partition + "-" + firstOffset + "-" + lastOffset + ".parquet";
    }
}
