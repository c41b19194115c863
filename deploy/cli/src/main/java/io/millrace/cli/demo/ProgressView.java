package io.millrace.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Shows progress: a table that is drawn over itself on a terminal, a line now and then elsewhere. */
final class ProgressView {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean interactive;
    private int drawn;
    private long lastLine = Long.MIN_VALUE;

    ProgressView(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    void show(Progress progress, Duration elapsed, String state) {
        if (interactive) {
            draw(progress.table(elapsed, state));
        } else if (lastLine == Long.MIN_VALUE || elapsed.toMillis() - lastLine >= BETWEEN_LINES.toMillis()) {
            lastLine = elapsed.toMillis();
            out.println(progress.line(elapsed));
        }
        out.flush();
    }

    private void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('A');
        }
        lines.forEach(line -> frame.append("\u001b[2K").append(line).append('\n'));
        out.print(frame);
        drawn = lines.size();
    }
}
