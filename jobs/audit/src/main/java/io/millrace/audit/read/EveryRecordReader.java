package io.millrace.audit.read;

import io.millrace.common.source.around.ReaderAround;
import io.millrace.common.source.kafka.OffsetsGone;
import java.util.Optional;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Says what is to be done when Kafka does not have what comes next, and lets no restart try it again. */
final class EveryRecordReader<T, S extends SourceSplit> extends ReaderAround<T, S> {

    EveryRecordReader(SourceReader<T, S> kafka) {
        super(kafka);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        try {
            return super.pollNext(output);
        } catch (RuntimeException e) {
            Optional<String> gone = OffsetsGone.of(e);
            if (gone.isEmpty()) {
                throw e;
            }
            throw new SuppressRestartsException(new IllegalStateException(
                    "Kafka does not have " + gone.get() + ", where the job would go on: it removed records before they"
                            + " were read, or the topic was made anew. Nothing was passed over. Start the job without a"
                            + " savepoint: it goes on where the archive ends, and says before it starts what is missing",
                    e));
        }
    }
}
