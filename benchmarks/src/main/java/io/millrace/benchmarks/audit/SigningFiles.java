package io.millrace.benchmarks.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The files of a pair of keys that signs and verifies. */
record SigningFiles(Path privateKey, Path publicKeys) {

    /** Makes a pair. */
    static SigningFiles make(Path folder) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new SigningFiles(
                Files.writeString(folder.resolve("bench-signing.pem"), SigningKey.pem(pair.getPrivate())),
                Files.writeString(folder.resolve("bench-public.pem"), PublicKeys.pem(pair.getPublic())));
    }

    PublicKeys verifying() throws IOException {
        return new PublicKeys(Files.readString(publicKeys));
    }
}
