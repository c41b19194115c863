package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import io.millrace.local.LocalProcess;
import io.millrace.local.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system of a few megabytes where something is kept, such as the checkpoints of Flink.
 *
 * @param folder over which it is mounted
 * @param mebibytes how much it holds
 */
record SmallDisk(Path folder, int mebibytes) {

    private static final int MEBIBYTES = 64;

    /** A server keeps for a while what it has replaced. */
    private static final int OF_A_SERVER = 256;

    private static final int BLOCK = 1 << 16;

    /** Returns the one that is mounted over the folder of the checkpoints. */
    static SmallDisk of(Scene scene) {
        return in(scene.data().checkpoints());
    }

    /** Returns the one that is mounted over a folder. */
    static SmallDisk in(Path folder) {
        return new SmallDisk(folder, MEBIBYTES);
    }

    /** Returns the one that is mounted under a server's data. */
    static SmallDisk under(Scene scene, Server server) {
        return new SmallDisk(scene.data().of(server).resolve("data"), OF_A_SERVER);
    }

    /** Mounts one under the data of a server, which goes on with what it has; it goes with the scene. */
    static void mountUnder(Scene scene, Server server) throws IOException, InterruptedException {
        LocalProcess process = scene.process(server.label());
        process.stop();
        SmallDisk disk = under(scene, server);
        Path before = disk.folder.resolveSibling("data.before");
        Files.move(disk.folder, before);
        disk.mount(scene);
        run("cp", "-a", before + "/.", disk.folder.toString());
        process.start();
    }

    /** Mounts it over its folder; it goes with the scene. */
    void mount(Scene scene) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=0777", "millrace-fault", folder.toString());
        scene.atEnd(() -> run("umount", "--lazy", folder.toString()));
    }

    /** Takes what room is left, also what has become free since. */
    void fill() throws IOException {
        fill(0);
    }

    /**
     * Takes room until so much is left.
     *
     * @param left in bytes
     */
    void fill(long left) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i <= mebibytes << 20; i += BLOCK) {
                if (left > 0 && room() <= left) {
                    return;
                }
                out.write(block);
            }
            throw new CommandFailure(folder + " holds more than the " + mebibytes + " MiB that were mounted there");
        } catch (IOException full) {
            // whoever else met the end may have given up, and room with it
            if (room() >= BLOCK && !String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    private long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new CommandFailure(
                    "`" + String.join(" ", List.of(command)) + "` failed: " + said + "; this fault takes root");
        }
    }
}
