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

    private static String environment(String pid) {
        try {
            return "\0" + Files.readString(PROC.resolve(pid).resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
