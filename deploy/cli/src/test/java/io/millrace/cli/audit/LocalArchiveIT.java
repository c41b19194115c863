package io.millrace.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.archive.file.LocalFolder;
import io.millrace.cli.ProjectFolder;
import io.millrace.cli.Workspace;
import io.millrace.cli.objectstore.S3Folder;
import io.millrace.local.Addresses;
import io.millrace.local.Ports;
import io.millrace.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive of this machine, in a folder and in a store that speaks S3. */
class LocalArchiveIT {

    private static final String ADDRESS = "s3://" + S3Server.BUCKET + "/demo";
    private static final List<String> FILES = List.of(
            "audit/dt=2026-03-02/0-1-2.parquet",
            "digests/0/dt=2026-03-02.json",
            "expired/dt=2026-02-01/0.json",
            "manifests/0.json");

    @TempDir
    private Path folder;

    @TempDir
    private Path data;

    private LocalArchive make(ArchivePlace place) throws IOException {
        Workspace workspace = new Workspace(ProjectFolder.root(), Map.of());
        return LocalArchive.make(workspace, new Addresses(Ports.standard()), place);
    }

    @Test
    void whatIsInAStoreIsReadThereAndCopiedWhole() throws Exception {
        try (S3Server store = S3Server.start(data)) {
            S3Folder written = S3Folder.of(new Workspace(Path.of(""), store.environment()), ADDRESS);
            for (String name : FILES) {
                written.replace(name, name.getBytes(StandardCharsets.UTF_8));
            }
            written.replace("audit/dt=2026-03-02/_0-3-4.parquet_tmp_1", new byte[] {1});
            LocalArchive archive = make(ArchivePlace.in(folder).inStore(ADDRESS, store.environment()));

            assertThat(archive.settings()).containsEntry("archive.address", ADDRESS);
            assertThat(archive.open().list("manifests")).containsExactly("manifests/0.json");
            LocalFolder copy = new LocalFolder(archive.onThisMachine());
            assertThat(copy.list("")).containsExactlyElementsOf(FILES);
            assertThat(copy.read(FILES.get(0), 100)).isEqualTo(FILES.get(0).getBytes(StandardCharsets.UTF_8));

            written.remove("manifests/0.json");
            assertThat(new LocalFolder(archive.onThisMachine()).list("manifests"))
                    .isEmpty();
        }
    }

    @Test
    void whatIsInAFolderIsReadWhereItIs() throws Exception {
        LocalArchive archive = make(ArchivePlace.in(folder));

        assertThat(archive.onThisMachine()).isEqualTo(archive.files());
        assertThat(archive.settings())
                .containsEntry("archive.address", archive.files().toUri().toString());
        assertThat(archive.open()).isEqualTo(new LocalFolder(archive.files()));
    }
}
