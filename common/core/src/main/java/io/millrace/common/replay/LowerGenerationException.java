package io.millrace.common.replay;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A job's generation is below the one it has written in: every target would refuse it, and a restart cannot help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class LowerGenerationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param configured the generation that the job was given
     * @param before the one in its savepoint
     */
    public LowerGenerationException(int configured, int before) {
        super("`generation` is " + configured + ", but this job's savepoint has " + before
                + ": every target would refuse the changes as older ones. Set it to " + before + ", or higher");
    }
}
