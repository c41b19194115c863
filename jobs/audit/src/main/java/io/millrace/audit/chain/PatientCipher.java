package io.millrace.audit.chain;

import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.KeyStoreException;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import io.millrace.archive.record.StoredRecord;
import io.millrace.audit.keys.KeyStores;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.Outage;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Encrypts records, and waits while the key store is away: nothing is written in clear. Used by one thread. */
final class PatientCipher implements AutoCloseable {

    private static final String TARGET = "the key store";

    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final KeyStore keys;
    private final RecordCipher cipher;

    /**
     * Opens the key store.
     *
     * @throws IOException if it is not reached, or not ours: then the job does not start
     */
    PatientCipher(KeyStores keyStores, Backoff backoff) throws IOException {
        this.backoff = backoff;
        this.keys = keyStores.open();
        this.cipher = new RecordCipher(keys);
    }

    /**
     * Encrypts a record.
     *
     * @throws IOException if the key store was away for longer than patience lasts, or a key cannot be had at all
     */
    StoredRecord encrypt(RawRecord record, ReadEvent event) throws IOException, InterruptedException {
        try {
            return cipher.encrypt(record, event);
        } catch (KeyStoreException e) {
            requireOutage(e);
            return encryptAfter(e, record, event);
        }
    }

    /** Apart, because hardly a record comes here. */
    private StoredRecord encryptAfter(KeyStoreException first, RawRecord record, ReadEvent event)
            throws IOException, InterruptedException {
        Outage outage = new Outage(TARGET, backoff, closed, System::nanoTime);
        KeyStoreException last = first;
        while (true) {
            outage.pause(last);
            try {
                return cipher.encrypt(record, event);
            } catch (KeyStoreException e) {
                requireOutage(e);
                last = e;
            }
        }
    }

    private static void requireOutage(KeyStoreException e) throws KeyStoreException {
        if (!e.isOutage()) {
            throw e;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        keys.close();
    }
}
