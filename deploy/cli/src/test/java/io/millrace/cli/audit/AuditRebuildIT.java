package io.millrace.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.manifest.Manifest;
import io.millrace.cli.CommandLineRun;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that was lost is made again, as it was. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditRebuildIT {

    private final Addresses addresses;

    @TempDir
    private Path folder;

    private AuditScene scene;

    AuditRebuildIT(Addresses addresses) {
        this.addresses = addresses;
    }

    @BeforeEach
    void archive() throws Exception {
        scene = new AuditScene(addresses, folder, "it-rebuild-" + UUID.randomUUID());
        scene.resetKeys();
        scene.write(0, AuditScene.TODAY.minusDays(2), "anna", "contract");
        scene.write(0, AuditScene.TODAY.minusDays(1), "anna", "invoice");
        scene.write(0, AuditScene.TODAY, "bert", "letter");
        scene.write(1, AuditScene.TODAY.minusDays(1), "bert", "letter");
        scene.archive(AuditScene.TODAY.minusDays(1));
    }

    private CommandLineRun rebuild(String keys, String... more) {
        String[] options = new String[6 + more.length];
        System.arraycopy(
                new String[] {"audit", "rebuild", "--archive", scene.archive.toString(), "--public-key", keys},
                0,
                options,
                0,
                6);
        System.arraycopy(more, 0, options, 6, more.length);
        return scene.run(options);
    }

    private Path manifest(int partition) {
        return scene.archive.resolve(Manifest.name(partition));
    }

    @Test
    void aManifestIsMadeAgainAsItWas() throws IOException {
        byte[] before = Files.readAllBytes(manifest(0));
        assertThat(rebuild(scene.file("keys.pem")).out()).isEqualTo("each manifest goes with its digests\n");
        Files.delete(manifest(0));

        CommandLineRun plan = rebuild(scene.file("keys.pem"));
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("manifests/0.json: sealed through " + AuditScene.TODAY.minusDays(1) + ", 1 file(s) behind")
                .contains("ends at offset 2", "1 manifest(s) would be written")
                .doesNotContain("manifests/1.json");
        assertThat(manifest(0)).doesNotExist();

        assertThat(rebuild(scene.file("keys.pem"), "--yes").out()).contains("1 manifest(s) written");
        assertThat(Files.readAllBytes(manifest(0))).isEqualTo(before);
        assertThat(scene.verify().code()).isZero();
    }

    @Test
    void nothingIsMadeOfDigestsThatAreNotSigned() throws IOException {
        Files.delete(manifest(0));
        CommandLineRun made = scene.run(
                "audit",
                "keys",
                "signing",
                "--private-key",
                scene.file("x.pem"),
                "--public-key",
                scene.file("other.pem"));
        assertThat(made.code()).isZero();

        CommandLineRun run = rebuild(scene.file("other.pem"), "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not signed by one of the public keys");
        assertThat(manifest(0)).doesNotExist();
    }
}
