package io.millrace.archive.chain;

import io.millrace.archive.bytes.CanonicalBytes;
import java.util.regex.Pattern;

/**
 * Which chain: that of one partition, in one archive.
 *
 * @param archive what the installation calls its archive; part of every hash, so that records of one archive are none in
 *     another
 */
public record ChainId(String archive, String topic, int partition) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** Checks that the names are ones that a file, a topic and a JSON text all write alike. */
    public ChainId {
        check("archive", archive);
        check("topic", topic);
        if (partition < 0) {
            throw new IllegalArgumentException("partition " + partition + " is below 0");
        }
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of the " + what
                    + ": it must have 1 to 249 letters, digits, dots, underscores or hyphens");
        }
    }

    /** Writes what tells it from every other chain. */
    public void writeTo(CanonicalBytes out) {
        out.text(archive).text(topic).i32(partition);
    }
}
