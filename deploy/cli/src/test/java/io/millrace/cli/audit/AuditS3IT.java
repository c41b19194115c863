package io.millrace.cli.audit;

import static io.millrace.cli.audit.AuditScene.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.LocalFolder;
import io.millrace.cli.CommandLineRun;
import io.millrace.cli.ProjectFolder;
import io.millrace.cli.Workspace;
import io.millrace.cli.objectstore.S3Folder;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.S3Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive and its witness in a store that speaks S3, verified, shown and expired there. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AuditS3IT {

    private static final String ARCHIVE = "s3://" + S3Server.BUCKET + "/production";
    private static final String WITNESS = "s3://" + S3Server.BUCKET + "/witness";

    private final Addresses addresses;

    @TempDir
    private Path folder;

    @TempDir
    private Path data;

    AuditS3IT(Addresses addresses) {
        this.addresses = addresses;
    }

    @Test
    void isVerifiedShownAndExpiredLikeAFolder() throws Exception {
        AuditScene scene = new AuditScene(addresses, folder, "it-s3-" + UUID.randomUUID());
        scene.resetKeys();
        for (int day = 6; day > 0; day--) {
            scene.write(0, TODAY.minusDays(day), "anna", "document-" + day);
        }
        scene.archive(TODAY.minusDays(1));
        try (S3Server store = S3Server.start(data)) {
            Map<String, String> environment = new HashMap<>(store.environment());
            environment.putAll(Map.of("PGUSER", addresses.postgresUser(), "PGPASSWORD", "any"));
            Workspace workspace = new Workspace(ProjectFolder.root(), environment);
            copy(scene.archive, S3Folder.of(workspace, ARCHIVE));
            copy(scene.witness, S3Folder.of(workspace, WITNESS));

            String[] verify = {
                "audit", "verify", "--archive", ARCHIVE, "--public-key", scene.file("keys.pem"), "--witness", WITNESS
            };
            assertThat(CommandLineRun.of(workspace, verify).out())
                    .contains("proven: 6 record(s)")
                    .endsWith("wrong\n");
            List<String> show = new ArrayList<>(List.of("audit", "show", "--subject", "anna", "--archive", ARCHIVE));
            assertThat(CommandLineRun.of(workspace, scene.keys(show.toArray(String[]::new)))
                            .err())
                    .isEqualTo("6 record(s)\n");

            List<String> expire = new ArrayList<>(List.of(verify));
            expire.set(1, "expire");
            expire.addAll(List.of("--older-than", "3d", "--private-key", scene.file("signing.pem"), "--yes"));
            expire.addAll(List.of("--postgres", scene.postgres()));
            assertThat(CommandLineRun.of(workspace, expire.toArray(String[]::new))
                            .code())
                    .isZero();

            assertThat(CommandLineRun.of(workspace, verify).out())
                    .contains("proven: 3 record(s)", "3 record(s) were removed")
                    .endsWith("wrong\n");
            String gone = S3Folder.of(workspace, ARCHIVE).list("expired").get(0);
            S3Folder.of(workspace, ARCHIVE).remove(gone);
            assertThat(CommandLineRun.of(workspace, verify).code())
                    .as("the control")
                    .isEqualTo(1);
        }
    }

    private static void copy(Path from, S3Folder to) throws IOException {
        LocalFolder local = new LocalFolder(from);
        for (String name : local.list("")) {
            to.replace(name, local.read(name, 1 << 20));
        }
    }
}
