package io.millrace.audit.chain;

import io.millrace.archive.chain.ChainId;
import io.millrace.audit.parse.EventLimits;
import io.millrace.audit.parse.PersonalFields;
import io.millrace.common.failure.Backoff;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How records are chained.
 *
 * @param archive what the archive is called
 * @param pipeline the configured name of the job
 * @param idle how long after a day's end, and after the last record, an idle partition's day is closed
 * @param tick how often it is looked for such days
 * @param acceptedAhead last day of which records are taken although it is further ahead than tomorrow, or null
 * @param keyStore how long its outage is borne
 */
public record ChainOptions(
        String archive,
        String topic,
        String pipeline,
        EventLimits limits,
        PersonalFields personal,
        Duration idle,
        Duration tick,
        @Nullable LocalDate acceptedAhead,
        Backoff keyStore)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    ChainId chain(int partition) {
        return new ChainId(archive, topic, partition);
    }
}
