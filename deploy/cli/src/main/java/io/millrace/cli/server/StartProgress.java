package io.millrace.cli.server;

import io.millrace.local.StartListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Prints how a start goes: a line for each process when it answers, and for each quarter of a download. */
public final class StartProgress implements StartListener {
    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter out;
    private final boolean interactive;
    private final Map<String, Long> shownQuarters = new HashMap<>();
    private int unfinished;

    /** @param interactive whether a line can be written over */
    public StartProgress(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    @Override
    public synchronized void ready(String process, Duration elapsed) {
        line("  %-22s %5.1f s".formatted(process, elapsed.toMillis() / 1000.0));
    }

    @Override
    public synchronized void note(String text) {
        line("  " + text);
    }

    @Override
    public synchronized void downloading(String what, long bytes, long total) {
        String text = "  downloading " + what + ": " + amount(bytes, total);
        if (interactive) {
            out.print("\r" + text + " ".repeat(Math.max(0, unfinished - text.length())));
            out.flush();
            unfinished = text.length();
        } else {
            long quarter = total > 0 ? bytes * 4 / total : bytes / (50 * MEGABYTE);
            Long shown = shownQuarters.put(what, quarter);
            if (shown == null || shown < quarter) {
                line(text);
            }
        }
    }

    private static String amount(long bytes, long total) {
        return total > 0
                ? "%d of %d MB".formatted(bytes / MEGABYTE, total / MEGABYTE)
                : "%d MB".formatted(bytes / MEGABYTE);
    }

    private void line(String text) {
        if (unfinished > 0) {
            out.println();
            unfinished = 0;
        }
        out.println(text);
        out.flush();
    }

    static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
}
