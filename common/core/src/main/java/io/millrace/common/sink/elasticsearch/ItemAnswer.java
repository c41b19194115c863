package io.millrace.common.sink.elasticsearch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Elasticsearch answered to one item of a bulk, or to a request as a whole.
 *
 * @param status HTTP's
 * @param errorType Elasticsearch's name of the error; null if it was none
 * @param reason Elasticsearch's words, shortened where they would quote the document
 */
record ItemAnswer(
        int status, @Nullable String errorType, @Nullable String reason) {

    /** What an answer means for a write. */
    enum Verdict {
        WRITTEN,
        /** A higher version is there already. */
        STALE,
        /** Refused for what the document is: trying again would not help, and the next document is not concerned. */
        REFUSED,
        /** Trying again later may help. */
        TRANSIENT,
        /** Every write would fail until somebody acts. */
        FATAL
    }

    private static final Set<String> FATAL_TYPES = Set.of("index_closed_exception", "invalid_index_name_exception");

    private static final String BLOCKED = "cluster_block_exception";

    /** The number of the block, as in {@code blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];}. */
    private static final String FLOOD_STAGE = "[FORBIDDEN/12/";

    private static final int MOST_LENGTH = 1000;

    Verdict verdict() {
        boolean deleteOfNothing = status == 404; // whose version is remembered all the same
        if (errorType == null && (status < 300 || deleteOfNothing)) {
            return Verdict.WRITTEN;
        }
        return switch (status) {
            case 409 -> Verdict.STALE;
            case 408, 429, 500, 502, 503, 504 -> Verdict.TRANSIENT;
            case 403 -> isOutOfDisk() ? Verdict.TRANSIENT : Verdict.FATAL;
            case 401, 404 -> Verdict.FATAL;
            default -> concernsEveryWrite() ? Verdict.FATAL : Verdict.REFUSED;
        };
    }

    /**
     * Whether an index takes nothing but deletions of itself, which Elasticsearch decides when its disk is nearly full,
     * and takes back. Since 7.8 the status is 429.
     */
    private boolean isOutOfDisk() {
        return BLOCKED.equals(errorType) && reason != null && reason.contains(FLOOD_STAGE);
    }

    private boolean concernsEveryWrite() {
        return (errorType != null && FATAL_TYPES.contains(errorType))
                || (reason != null && reason.startsWith("no write index is defined for alias"));
    }

    /** Cuts off what quotes the document: previews of values, and the text around a JSON error. */
    static @Nullable String withoutPayload(@Nullable String reason) {
        if (reason == null) {
            return null;
        }
        int end = Math.min(reason.length(), MOST_LENGTH);
        for (String quote : new String[] {"Preview of field's value", "[Source:", "For input string"}) {
            int at = reason.indexOf(quote);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return reason.substring(0, end).strip();
    }
}
