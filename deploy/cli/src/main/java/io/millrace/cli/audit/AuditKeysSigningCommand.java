package io.millrace.cli.audit;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.cli.MillraceCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace audit keys signing}. */
@Command(
        name = "signing",
        description = {
            "Makes a pair of keys that signs digests, or the next pair.",
            "",
            "The private key goes to a new file that its owner alone may read. The public key is appended to a file"
                    + " with all that came before, in their order: digests that older keys signed still verify by it,"
                    + " and no older key can sign a new day. Give that file to your auditor, and the job both. Then"
                    + " destroy the old private key."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace audit keys signing --private-key signing-1.pem --public-key public-keys.pem",
            "  millrace audit keys signing --private-key signing-2.pem --public-key public-keys.pem"
        })
final class AuditKeysSigningCommand extends MillraceCommand {
    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            required = true,
            description = "Where the private key goes; there must be no such file.")
    @SuppressWarnings("NullAway.Init")
    private Path privateKey;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "The public keys, in PEM blocks, to which the new one is appended; made if it is not there.")
    @SuppressWarnings("NullAway.Init")
    private Path publicKeys;

    @Override
    public Integer call() throws IOException {
        String before = Files.exists(publicKeys) ? KeyFiles.read("--public-key", publicKeys) : "";
        int count = before.isEmpty() ? 0 : KeyFiles.publicKeys(publicKeys).ids().size();
        KeyPair pair = pair();
        String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        String all = before + separator + PublicKeys.pem(pair.getPublic());
        // the private key first: a public key without it would be one that can sign nothing
        KeyFiles.writeSecret("--private-key", privateKey, SigningKey.pem(pair.getPrivate()));
        replace(all);
        out().println("key " + new PublicKeys(all).newest() + " is number " + (count + 1) + " of " + publicKeys
                + "; its private half is in " + privateKey);
        return 0;
    }

    private void replace(String all) throws IOException {
        Path unfinished = publicKeys.resolveSibling("." + publicKeys.getFileName() + ".inprogress");
        Files.writeString(unfinished, all);
        Files.move(unfinished, publicKeys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }
}
