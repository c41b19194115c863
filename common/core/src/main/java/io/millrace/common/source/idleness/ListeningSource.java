package io.millrace.common.source.idleness;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that knows which of its splits are silent; its state is that of the source it wraps.
 *
 * @param <T> what is read
 * @param <S> its splits
 * @param <C> what its enumerator keeps
 */
public final class ListeningSource<T, S extends SourceSplit, C> implements Source<T, S, C>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    private final Source<T, S, C> source;
    private final TypeInformation<T> type;
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
        this.source = source;
        this.type = type;
        this.idleness = idleness;
        this.speech = speech;
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        return new ListeningReader<>(source.createReader(context), idleness, speech);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SplitEnumerator<S, C> createEnumerator(SplitEnumeratorContext<S> context) throws Exception {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<S, C> restoreEnumerator(SplitEnumeratorContext<S> context, C checkpoint) throws Exception {
        return source.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<C> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
