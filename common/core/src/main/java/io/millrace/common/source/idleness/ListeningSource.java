package io.millrace.common.source.idleness;

import io.millrace.common.source.around.SourceAround;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A source that knows which of its splits are silent; its state is that of the source it wraps.
 *
 * @param <T> what is read
 * @param <S> its splits
 * @param <C> what its enumerator keeps
 */
public final class ListeningSource<T, S extends SourceSplit, C> extends SourceAround<T, S, C> {

    private static final long serialVersionUID = 1L;

    private final Idleness idleness;
    private final Speech<T> speech;

    /**
     * Tells whether a split that says something is not silent.
     *
     * @param <T> what it says
     */
    @FunctionalInterface
    public interface Speech<T> extends Serializable {

        boolean counts(T said);
    }

    /** Wraps a source. */
    public ListeningSource(Source<T, S, C> source, TypeInformation<T> type, Idleness idleness, Speech<T> speech) {
        super(source, type);
        this.idleness = idleness;
        this.speech = speech;
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        return new ListeningReader<>(super.createReader(context), idleness, speech);
    }
}
