package io.millrace.archive.write;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import java.io.IOException;

/**
 * The manifests of an archive.
 *
 * @param archive what the archive is called
 */
public record Manifests(WritableFolder folder, String archive, String topic) {

    private static final int LARGEST = 64 << 20;

    /**
     * Reads a partition's manifest, which is empty if nothing was archived.
     *
     * @throws IOException if it cannot be read, or is that of another archive
     */
    public Manifest read(int partition) throws IOException {
        ChainId chain = new ChainId(archive, topic, partition);
        String name = Manifest.name(partition);
        if (!folder.has(name)) {
            return Manifest.empty(chain);
        }
        Manifest manifest = Manifest.of(folder.read(name, LARGEST));
        if (!manifest.chain().equals(chain)) {
            throw new IOException(
                    name + " is of the archive '" + manifest.chain().archive() + "' of the topic '"
                            + manifest.chain().topic() + "', and not of '" + archive + "' of '" + topic
                            + "'; each archive needs a folder of its own");
        }
        return manifest;
    }

    /** Puts a manifest in the place of the one before. */
    public void write(Manifest manifest) throws IOException {
        folder.replace(Manifest.name(manifest.chain().partition()), manifest.toBytes());
    }
}
