package io.millrace.audit.watch;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.verify.SealedEnd;
import io.millrace.audit.chain.StateForm;
import io.millrace.audit.watch.Watched.Sighting;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Watched} in checkpoints. */
final class WatchedForm implements SimpleVersionedSerializer<Watched> {

    private static final int FORM = 1;

    @Override
    public int getVersion() {
        return FORM;
    }

    @Override
    public byte[] serialize(Watched watched) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        StateForm.write(FORM, out);
        out.writeLong(watched.wholeAt());
        out.writeInt(watched.ends().size());
        for (Map.Entry<Integer, SealedEnd> end : watched.ends().entrySet()) {
            out.writeInt(end.getKey());
            write(end.getValue(), out);
        }
        out.writeInt(watched.wrong().size());
        for (Map.Entry<Place, Sighting> wrong : watched.wrong().entrySet()) {
            out.writeUTF(wrong.getKey().kind());
            out.writeUTF(wrong.getKey().where());
            out.writeLong(wrong.getValue().since());
            out.writeBoolean(wrong.getValue().told());
        }
        return out.getCopyOfBuffer();
    }

    private static void write(SealedEnd end, DataOutputView out) throws IOException {
        out.writeLong(end.day().toEpochDay());
        out.writeLong(end.sequence());
        out.write(end.digest().bytes());
    }

    @Override
    public Watched deserialize(int version, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        StateForm.read(FORM, in);
        long wholeAt = in.readLong();
        SortedMap<Integer, SealedEnd> ends = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            ends.put(in.readInt(), end(in));
        }
        SortedMap<Place, Sighting> wrong = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Place place = new Place(in.readUTF(), in.readUTF());
            wrong.put(place, new Sighting(in.readLong(), in.readBoolean()));
        }
        return new Watched(wholeAt, ends, wrong);
    }

    private static SealedEnd end(DataInputView in) throws IOException {
        LocalDate day = LocalDate.ofEpochDay(in.readLong());
        long sequence = in.readLong();
        byte[] digest = new byte[Hash.LENGTH];
        in.readFully(digest);
        return new SealedEnd(day, sequence, Hash.of(digest));
    }
}
