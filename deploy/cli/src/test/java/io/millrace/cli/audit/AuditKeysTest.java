package io.millrace.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.digest.SigningKey;
import io.millrace.cli.CommandLineRun;
import io.millrace.cli.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are made for their owner alone, never written over, and follow each other. */
class AuditKeysTest {

    @TempDir
    private Path folder;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(new Workspace(folder, Map.of()), arguments);
    }

    private CommandLineRun signing(String name) {
        return run(
                "audit",
                "keys",
                "signing",
                "--private-key",
                folder.resolve(name).toString(),
                "--public-key",
                folder.resolve("keys.pem").toString());
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    void theNextKeyIsAppendedToThoseBefore() throws Exception {
        CommandLineRun first = signing("one.pem");
        String one = Files.readString(folder.resolve("keys.pem"));
        CommandLineRun second = signing("two.pem");
        String both = Files.readString(folder.resolve("keys.pem"));

        assertThat(first.out()).contains("is number 1 of");
        assertThat(second.out()).contains("is number 2 of");
        assertThat(both).startsWith(one);
        assertThat(permissions("one.pem")).isEqualTo("rw-------");
        PublicKeys keys = new PublicKeys(both);
        assertThat(SigningKey.of(Files.readString(folder.resolve("two.pem")), keys)
                        .id())
                .isEqualTo(keys.newest());
        assertThat(keys.place(new PublicKeys(one).newest())).isZero();
    }

    @Test
    void listsThemInTheOrderOfTheirUse() throws Exception {
        signing("one.pem");
        signing("two.pem");

        CommandLineRun list = run(
                "audit",
                "keys",
                "list",
                "--public-key",
                folder.resolve("keys.pem").toString());

        PublicKeys keys = new PublicKeys(Files.readString(folder.resolve("keys.pem")));
        assertThat(list.out())
                .containsPattern("1 +" + keys.ids().get(0) + " +verifies")
                .containsPattern("2 +" + keys.ids().get(1) + " +signs");
    }

    @Test
    void aKeyIsNeverWrittenOver() throws Exception {
        signing("one.pem");
        String before = Files.readString(folder.resolve("one.pem"));
        String keys = Files.readString(folder.resolve("keys.pem"));

        CommandLineRun again = signing("one.pem");

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists already, and a key is never written over");
        assertThat(Files.readString(folder.resolve("one.pem"))).isEqualTo(before);
        assertThat(Files.readString(folder.resolve("keys.pem"))).isEqualTo(keys);
    }

    @Test
    void aFileThatHoldsNoKeysIsNotAppendedTo() throws Exception {
        Files.writeString(folder.resolve("keys.pem"), "hello");

        CommandLineRun run = signing("one.pem");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("there is no public key");
        assertThat(Files.exists(folder.resolve("one.pem"))).isFalse();
    }

    @Test
    void makesAMasterKeyForItsOwnerAlone() throws Exception {
        String file = folder.resolve("master.key").toString();
        CommandLineRun run = run("audit", "keys", "master", "--master-key-file", file);
        CommandLineRun again = run("audit", "keys", "master", "--master-key-file", file);

        assertThat(run.out()).matches("master key [0-9a-f]{16} is in .*master.key\n");
        assertThat(permissions("master.key")).isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("master.key"))).matches("[0-9a-f]{64}\n");
        assertThat(run.out())
                .doesNotContain(Files.readString(folder.resolve("master.key")).strip());
        assertThat(again.code()).isEqualTo(1);
    }
}
