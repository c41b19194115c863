package io.millrace.archive.record;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.DataKey;
import io.millrace.archive.crypt.FieldCipher;
import io.millrace.archive.crypt.FieldCiphers;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.record.OpenedRecord.Readability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decrypts records of the archive, for whoever may see the keys. Used by one thread. */
public final class RecordOpener {

    private final KeyStore keys;
    private final FieldCiphers ciphers = new FieldCiphers();

    public RecordOpener(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * Opens a record.
     *
     * @throws KeyStoreException if the key store does not answer
     */
    public OpenedRecord open(ChainId chain, Entry entry) throws KeyStoreException {
        Content content = entry.content();
        try {
            StoredForm headers = StoredForm.of(content.headers());
            if (headers instanceof StoredForm.Erased) {
                return OpenedRecord.unreadable(Readability.NEVER_STORED);
            }
            if (headers instanceof StoredForm.Encrypted encrypted) {
                Optional<FieldCipher> cipher = cipher(encrypted.keys());
                return cipher.isEmpty()
                        ? OpenedRecord.unreadable(Readability.KEY_DESTROYED)
                        : opened(content, new Opening(new Position(chain, entry.offset()), cipher.get()));
            }
            return opened(content, new Opening(new Position(chain, entry.offset()), null));
        } catch (IllegalArgumentException e) {
            return OpenedRecord.unreadable(Readability.DAMAGED);
        }
    }

    private Optional<FieldCipher> cipher(List<UUID> ids) throws KeyStoreException {
        List<DataKey> found = new ArrayList<>();
        for (UUID id : ids) {
            Optional<DataKey> key = keys.key(id);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            found.add(key.get());
        }
        return Optional.of(ciphers.of(found));
    }

    private static OpenedRecord opened(Content content, Opening opening) {
        byte[] headers = opening.bytes("headers", content.headers());
        return new OpenedRecord(
                Readability.READABLE,
                opening.optional("key", content.key()),
                Headers.read(headers),
                opening.optional("value", content.value()));
    }

    /** Opens the parts of one record; what does not open is an {@link IllegalArgumentException}. */
    private record Opening(Position position, @Nullable FieldCipher cipher) {

        byte @Nullable [] optional(String field, byte @Nullable [] stored) {
            return stored == null ? null : bytes(field, stored);
        }

        byte[] bytes(String field, byte[] stored) {
            StoredForm form = StoredForm.of(stored);
            if (form instanceof StoredForm.Clear clear && cipher == null) {
                return clear.bytes();
            }
            if (form instanceof StoredForm.Encrypted encrypted && cipher != null) {
                return cipher.decrypt(position, field, encrypted)
                        .orElseThrow(() -> new IllegalArgumentException(field + " does not open"));
            }
            throw new IllegalArgumentException(field + " is stored in another form than the headers");
        }
    }
}
