package io.millrace.archive.crypt;

import io.millrace.archive.bytes.CanonicalBytes;
import java.util.List;
import java.util.UUID;

/**
 * Wraps keys by the first of some master keys, and unwraps those of all: so one can follow another.
 *
 * @param masters the one that wraps, and those that wrapped before
 */
record Wrapping(List<MasterKey> masters) {

    /** A key as the store has it. */
    record Wrapped(UUID id, byte[] bytes, String master) {}

    Wrapped wrap(DataKey key, byte[] subject) throws KeyStoreException {
        MasterKey master = masters.get(0);
        return new Wrapped(key.id(), master.wrap(key.bytes(), context(key.id(), subject)), master.id());
    }

    DataKey unwrap(Wrapped wrapped, byte[] subject) throws KeyStoreException {
        for (MasterKey master : masters) {
            if (master.id().equals(wrapped.master())) {
                return new DataKey(wrapped.id(), master.unwrap(wrapped.bytes(), context(wrapped.id(), subject)));
            }
        }
        throw KeyStoreException.lasting("the store's keys are wrapped by the master key " + wrapped.master()
                + ", and given is " + masters.stream().map(MasterKey::id).toList() + "; give that one, too");
    }

    /** A wrapped key is of use only under its own id and for its own subject. */
    private static byte[] context(UUID id, byte[] subject) {
        return new CanonicalBytes()
                .i64(id.getMostSignificantBits())
                .i64(id.getLeastSignificantBits())
                .bytes(subject)
                .toByteArray();
    }
}
