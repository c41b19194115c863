package io.millrace.archive.write;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.file.WritableFolder;
import io.millrace.archive.manifest.Manifest;
import io.millrace.archive.manifest.ManifestConflict;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manifests of an archive.
 *
 * @param archive what the archive is called
 */
public record Manifests(WritableFolder folder, String archive, String topic) {

    private static final int LARGEST = 64 << 20;
    private static final Pattern NAME = Pattern.compile("manifests/(\\d{1,9})\\.json");

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

    /**
     * Reads a partition's manifest, and holds it against the partition's digests: with one that was lost, or put back to
     * an older state, sealed files would be taken for files that nobody lists.
     *
     * @throws ManifestConflict if digests seal more than it says
     * @throws IOException if it or a digest cannot be read, or is of another archive
     */
    public Manifest readCurrent(int partition) throws IOException {
        Manifest manifest = read(partition);
        new UnknownDigests(folder).requireNone(manifest);
        return manifest;
    }

    /** Returns the partitions that have a manifest. */
    public SortedSet<Integer> partitions() throws IOException {
        SortedSet<Integer> partitions = new TreeSet<>();
        for (String name : folder.list("manifests")) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                partitions.add(Integer.parseInt(matcher.group(1)));
            }
        }
        return partitions;
    }

    /** Puts a manifest in the place of the one before. */
    public void write(Manifest manifest) throws IOException {
        folder.replace(Manifest.name(manifest.chain().partition()), manifest.toBytes());
    }
}
