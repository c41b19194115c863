package io.millrace.cli.audit;

import io.millrace.archive.verify.Finding;
import java.io.IOException;
import java.util.List;

/**
 * What comparing with the topic came to.
 *
 * @param wasAsked whether it was compared at all
 * @param hadKeys whether there was a key store to read what is encrypted
 * @param same records of which all is as in the topic
 * @param samePlace records of which position and timestamp are, and of which the rest could not be read
 * @param erased those of {@code samePlace} that nobody reads any longer
 * @param notRetained records that the topic does not keep any longer
 * @param notArchived records of the topic that are behind the archive's end
 * @param findings what is wrong
 */
record TopicOutcome(
        boolean wasAsked,
        boolean hadKeys,
        long same,
        long samePlace,
        long erased,
        long notRetained,
        long notArchived,
        List<Finding> findings) {

    static final TopicOutcome NOT_ASKED = new TopicOutcome(false, false, 0, 0, 0, 0, 0, List.of());

    /** Returns what is said of an archive that does not say what it holds. */
    static TopicOutcome notCompared(IOException why) {
        Finding finding = new Finding(
                Finding.Kind.TOPIC,
                -1,
                null,
                "the archive",
                "it could not be compared with the topic: " + why.getMessage());
        return new TopicOutcome(true, false, 0, 0, 0, 0, 0, List.of(finding));
    }
}
