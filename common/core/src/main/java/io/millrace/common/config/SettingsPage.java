package io.millrace.common.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** The reference of settings as Markdown. */
public final class SettingsPage {

    private SettingsPage() {}

    /**
     * One chapter of the page.
     *
     * @param title its heading
     * @param settings in the order in which they appear
     */
    public record Chapter(String title, String introduction, List<Setting<?>> settings) {}

    /** Returns the whole page. */
    public static String markdown(String title, String introduction, Collection<Chapter> chapters) {
        StringBuilder page = new StringBuilder("# " + title + "\n\n" + introduction + "\n");
        for (Chapter chapter : chapters) {
            page.append("\n## ").append(chapter.title()).append("\n\n");
            page.append(chapter.introduction()).append("\n\n");
            page.append("| Key | Type | Default | Description |\n|---|---|---|---|\n");
            chapter.settings().forEach(setting -> page.append(row(setting)));
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        return "| `" + setting.key() + "` | " + cell(setting.type()) + " | " + cell(byDefault(setting)) + " | "
                + cell(description(setting)) + " |\n";
    }

    private static String description(Setting<?> setting) {
        StringBuilder text = new StringBuilder(setting.description());
        for (Setting.Rule<?> rule : setting.rules()) {
            text.append(" It must ").append(rule.requirement()).append(", because ");
            text.append(rule.because()).append('.');
        }
        return text.toString();
    }

    private static String byDefault(Setting<?> setting) {
        return setting.required() ? "(required)" : shown(setting.option().defaultValue());
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "(none)";
        }
        if (value instanceof Duration duration) {
            return "`" + TimeUtils.formatWithHighestUnit(duration) + "`";
        }
        if (value instanceof Enum<?> constant) {
            return "`" + constant.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
        }
        String text = value.toString();
        return text.equals("[]") || text.equals("{}") ? "(empty)" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
