package io.millrace.cli.demo;

import io.millrace.cli.pipeline.TargetCounts;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.WorkloadCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns two looks at the same counts into rates, and those into lines of text. */
final class Progress {

    static final List<String> TARGETS = List.of("kafka", "elasticsearch", "redis", "clickhouse");

    private static final String ROW = "  %-12s %10s %10s %14s %10s %12s";

    private final WorkloadCounts shop;
    private final List<Look> looks = new ArrayList<>();
    private String visitors = "";

    /** One look at everything: at that nanosecond, the shop's rows by table with their sum last, and the targets'. */
    private record Look(long nanos, List<Long> shopRows, TargetCounts targets) {}

    Progress(WorkloadCounts shop) {
        this.shop = shop;
    }

    void look(long nanos, TargetCounts targets) {
        List<Long> rows = new ArrayList<>();
        ShopSchema.TABLES.forEach(table -> rows.add(shop.get(table)));
        rows.add(shop.get(WorkloadCounts.ROWS));
        looks.add(new Look(nanos, rows, targets));
        if (looks.size() > 4) {
            looks.remove(0);
        }
    }

    /** Takes what is to be said of the visitors. */
    void visitors(String line) {
        visitors = line;
    }

    /** Returns one line, for a log. */
    String line(Duration elapsed) {
        return clock(elapsed) + "  shop " + shopRate(ShopSchema.TABLES.size()) + " rows/s"
                + TARGETS.stream()
                        .map(target -> " · " + target + " " + rate(null, target) + latency(target))
                        .collect(Collectors.joining())
                + " · dead letters " + deadLetters() + (visitors.isEmpty() ? "" : " · " + visitors);
    }

    /** Returns a small table, for a terminal. */
    List<String> table(Duration elapsed, String state) {
        List<String> lines = new ArrayList<>();
        lines.add(clock(elapsed) + "  " + state);
        lines.add(row("rows/s", "shop", target -> target));
        for (int i = 0; i < ShopSchema.TABLES.size(); i++) {
            String table = ShopSchema.TABLES.get(i);
            lines.add(row(table, shopRate(i), target -> rate(table, target)));
        }
        lines.add(row("all", shopRate(ShopSchema.TABLES.size()), target -> rate(null, target)));
        lines.add(row("rows so far", Long.toString(shop.get(WorkloadCounts.ROWS)), target -> "" + total(target)));
        lines.add(row("p95 latency", "", this::millis));
        lines.add("  dead letters " + deadLetters());
        lines.add("  " + visitors);
        return lines;
    }

    private static String row(String name, String ofShop, UnaryOperator<String> ofTarget) {
        List<String> cells = new ArrayList<>(List.of(name, ofShop));
        TARGETS.forEach(target -> cells.add(ofTarget.apply(target)));
        return ROW.formatted(cells.toArray());
    }

    private String rate(@Nullable String table, String target) {
        if (looks.size() < 2) {
            return "-";
        }
        Look last = looks.get(looks.size() - 1);
        long more = rows(last, table, target) - rows(looks.get(0), table, target);
        return perSecond(more, last);
    }

    private String shopRate(int index) {
        if (looks.size() < 2) {
            return "-";
        }
        Look last = looks.get(looks.size() - 1);
        return perSecond(last.shopRows().get(index) - looks.get(0).shopRows().get(index), last);
    }

    private String perSecond(long more, Look last) {
        double seconds = (last.nanos() - looks.get(0).nanos()) / 1e9;
        return String.format(Locale.ROOT, "%.0f", Math.max(0, more) / Math.max(0.001, seconds));
    }

    private static long rows(Look look, @Nullable String table, String target) {
        return table == null ? look.targets().rows(target) : look.targets().rows(table, target);
    }

    private long total(String target) {
        return looks.isEmpty() ? 0 : looks.get(looks.size() - 1).targets().rows(target);
    }

    private long deadLetters() {
        return looks.isEmpty() ? 0 : looks.get(looks.size() - 1).targets().deadLetters();
    }

    private String latency(String target) {
        String millis = millis(target);
        return millis.equals("-") ? "" : " (p95 " + millis + ")";
    }

    private String millis(String target) {
        double latency =
                looks.isEmpty() ? 0 : looks.get(looks.size() - 1).targets().latency(target);
        return latency == 0 ? "-" : String.format(Locale.ROOT, "%.0f ms", latency);
    }

    private static String clock(Duration elapsed) {
        return String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
