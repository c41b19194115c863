package io.millrace.cli.fault;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of a few megabytes where something is kept, such as the checkpoints of Flink. */
final class SmallDisk {

    private static final int MEBIBYTES = 64;
    private static final int BLOCK = 1 << 16;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk of(Scene scene) {
        return in(scene.data().checkpoints());
    }

    /** Returns the one that is mounted over a folder. */
    static SmallDisk in(Path folder) {
        return new SmallDisk(folder);
    }

    /** Mounts one over the folder of the checkpoints; it goes with the scene. */
    static void mount(Scene scene) throws IOException, InterruptedException {
        mount(scene, scene.data().checkpoints());
    }

    /** Mounts one over a folder; it goes with the scene. */
    static void mount(Scene scene, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m,mode=0777", "millrace-fault", folder.toString());
        scene.atEnd(() -> run("umount", "--lazy", folder.toString()));
    }

    /** Takes what room is left. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            for (int i = 0; i <= MEBIBYTES << 20; i += BLOCK) {
                out.write(block);
            }
            throw new CommandFailure(folder + " holds more than the " + MEBIBYTES + " MiB that were mounted there");
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() >= BLOCK) {
                throw full;
            }
        }
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
