package io.millrace.common.source.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A topic was deleted and made anew since the job has read it. It would go on at an offset of the topic that was, and
 * pass over all that the new one has before it; a restart cannot help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OtherTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherTopicException(String topic, String before, String now, String remedy) {
        super("the topic " + topic + " was deleted and made anew since this job has read it: its id is " + now
                + ", and was " + before + ". The job's position is one of the topic that was, and what the new one has"
                + " before it would be passed over. " + remedy);
    }
}
