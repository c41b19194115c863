package io.millrace.local.process;

import io.millrace.local.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes of a data folder that no run file names: their starter was killed before it could write one down. They are
 * known by a variable in their environment; where the system does not show it, there are none to find.
 */
public final class Strays {

    private static final Path PROC = Path.of("/proc");

    /** The JDK's, between a JVM and what it starts. */
    private static final String SPAWN_HELPER = "jspawnhelper";

    private Strays() {}

    /** Returns the processes of a data folder at this moment, those with a run file too. */
    public static List<ProcessIdentity> of(DataFolder data) {
        String mark = "\0" + Launcher.MARK + "=" + data.root() + "\0";
        List<ProcessIdentity> found = new ArrayList<>();
        try (Stream<Path> all = Files.isDirectory(PROC) ? Files.list(PROC) : Stream.empty()) {
            all.map(path -> path.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(name -> environment(name).contains(mark))
                    .forEach(name -> ProcessIdentity.of(Long.parseLong(name)).ifPresent(found::add));
        } catch (IOException e) {
            return found;
        }
        found.removeIf(process -> process.pid() == ProcessHandle.current().pid());
        return found;
    }

    /**
     * Returns whether some process is about to become another: a JVM's helper that has yet to start the program it was
     * made for. It is no one's of a data folder until then, and goes on when the JVM is killed.
     */
    public static boolean mayBegin() {
        try (Stream<Path> all = Files.isDirectory(PROC) ? Files.list(PROC) : Stream.empty()) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .anyMatch(name -> read(name, "comm").startsWith(SPAWN_HELPER));
        } catch (IOException e) {
            return false;
        }
    }

    private static String environment(String pid) {
        return "\0" + read(pid, "environ");
    }

    private static String read(String pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
