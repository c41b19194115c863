package io.millrace.cdc.functions;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A topic was deleted and made anew since the job has read it. It would go on at an offset of the topic that was, and
 * pass over all that the new one has before it; a restart cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OtherTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OtherTopicException(String topic, String before, String now, String afterwards) {
        super("the topic " + topic + " was deleted and made anew since this job has read it: its id is " + now
                + ", and was " + before + ". The job's position is one of the topic that was, and what the new one has"
                + " before it would be passed over. Start the job without `--from`: it reads the topics from their"
                + " beginning, and versions keep an older row from replacing a newer one. " + afterwards);
    }

    /** Makes one for a topic of changes. */
    static OtherTopicException ofRows(String topic, String before, String now) {
        return new OtherTopicException(
                topic,
                before,
                now,
                "Rows that the new topic does not have stay in the targets; empty these before, if there may be any");
    }

    /** Makes one for the topic that dead letters are sent again to. */
    static OtherTopicException ofLetters(String topic, String before, String now) {
        return new OtherTopicException(
                topic,
                before,
                now,
                "Send letters again that the topic that was may have held unread: `millrace dlq redrive --pipeline`");
    }
}
