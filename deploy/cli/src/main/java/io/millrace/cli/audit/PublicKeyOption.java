package io.millrace.cli.audit;

import io.millrace.archive.digest.PublicKeys;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** By which keys a command believes what is signed. */
final class PublicKeyOption {
    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "The public keys that signed, in PEM blocks, in the order in which they came into use.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    PublicKeys keys() throws IOException {
        return KeyFiles.publicKeys(file);
    }
}
