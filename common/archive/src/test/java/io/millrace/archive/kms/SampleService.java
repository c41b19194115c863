package io.millrace.archive.kms;

import io.millrace.archive.bytes.Sha256;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.MasterKey;
import io.millrace.archive.crypt.MasterKeyProvider;
import java.nio.charset.StandardCharsets;

/**
 * A key management service as somebody else would write it: found on the class path, and by nothing but what is public. A
 * name that ends with {@code ,away} is that of the same key while the service does not answer.
 */
public final class SampleService implements MasterKeyProvider {

    private static final String SCHEME = "sample-kms";
    private static final String AWAY = ",away";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public MasterKey open(String name) {
        if (name.startsWith("/")) {
            throw new IllegalArgumentException("the name of a key of this service begins with no slash");
        }
        String key = name.replace(AWAY, "");
        LocalMasterKey kept = LocalMasterKey.of(
                Sha256.of(key.getBytes(StandardCharsets.UTF_8)).toString());
        return new Kept(SCHEME + ":" + key, kept, name.endsWith(AWAY));
    }

    private record Kept(String id, LocalMasterKey key, boolean away) implements MasterKey {

        @Override
        public byte[] wrap(byte[] dataKey, byte[] context) throws KeyStoreException {
            requireThere();
            return key.wrap(dataKey, context);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) throws KeyStoreException {
            requireThere();
            return key.unwrap(wrapped, context);
        }

        private void requireThere() throws KeyStoreException {
            if (away) {
                throw KeyStoreException.outage("the service of " + id + " does not answer", null);
            }
        }
    }
}
