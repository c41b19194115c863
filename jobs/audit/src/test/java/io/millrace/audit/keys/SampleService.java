package io.millrace.audit.keys;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.MasterKey;
import io.millrace.archive.crypt.MasterKeyProvider;
import java.nio.charset.StandardCharsets;

/** A key management service on the class path, whose keys follow from their names. */
public final class SampleService implements MasterKeyProvider {

    private static final String SCHEME = "sample-kms";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public MasterKey open(String name) {
        return new Kept(
                SCHEME + ":" + name,
                LocalMasterKey.of(
                        Sha256.of(name.getBytes(StandardCharsets.UTF_8)).toString()));
    }

    private record Kept(String id, LocalMasterKey key) implements MasterKey {

        @Override
        public byte[] wrap(byte[] dataKey, byte[] context) {
            return key.wrap(dataKey, context);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) throws KeyStoreException {
            return key.unwrap(wrapped, context);
        }
    }
}
