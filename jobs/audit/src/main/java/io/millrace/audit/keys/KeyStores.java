package io.millrace.audit.keys;

import io.millrace.archive.crypt.KeyStore;
import java.io.IOException;
import java.io.Serializable;

/** Opens the key store where the job runs. What it needs for that travels with the job graph; no key does. */
@FunctionalInterface
public interface KeyStores extends Serializable {

    /** Opens it; the caller closes it. */
    KeyStore open() throws IOException;
}
