package io.millrace.audit.preflight;

import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.audit.keys.KeyStores;
import io.millrace.common.config.Problems;
import java.io.IOException;

/** The key store is reached, and its keys were wrapped by this master key. */
public final class KeyStoreCheck {

    private final Problems problems;

    public KeyStoreCheck(Problems problems) {
        this.problems = problems;
    }

    /** Opens it, which makes what is missing of it. */
    public void requireUsable(String path, KeyStores keyStores) {
        try (KeyStore store = keyStores.open()) {
            // it unwraps its first key when it is opened
        } catch (KeyStoreException e) {
            problems.add(
                    path,
                    e.isOutage()
                            ? "is not reached: " + e.getMessage()
                            : "does not belong to `" + path + ".master-key`: " + e.getMessage());
        } catch (IOException e) {
            problems.add(path, "is not reached: " + e.getMessage());
        }
    }
}
