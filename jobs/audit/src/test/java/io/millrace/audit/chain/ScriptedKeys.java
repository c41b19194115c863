package io.millrace.audit.chain;

import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A key store whose keys follow from the subject; it notes who was asked for. */
public final class ScriptedKeys implements KeyStore {

    public final List<String> asked = new ArrayList<>();
    public long erasedUpTo = -1;

    @Override
    public Optional<DataKey> keyFor(Subject subject, Position position) {
        asked.add(subject.id() + "@" + position.offset());
        return position.offset() <= erasedUpTo ? Optional.empty() : Optional.of(keyOf(subject));
    }

    private static DataKey keyOf(Subject subject) {
        byte[] bytes = new byte[DataKey.LENGTH];
        new Random(subject.id().hashCode()).nextBytes(bytes);
        return new DataKey(UUID.nameUUIDFromBytes(subject.id().getBytes(StandardCharsets.UTF_8)), bytes);
    }

    @Override
    public Optional<DataKey> key(UUID id) {
        return Optional.empty();
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
