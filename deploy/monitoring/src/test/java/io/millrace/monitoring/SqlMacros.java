package io.millrace.monitoring;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes of a panel's SQL what Grafana's plugin for ClickHouse sends, by the plugin's documentation of its macros: times are
 * whole seconds, and an interval is at least one.
 *
 * @param variables what is chosen, by the variable's name
 */
record SqlMacros(Range range, Map<String, Choice> variables) {

    private static final String CONDITIONAL = "$__conditionalAll(";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):sqlstring}");
    private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)(?:\\((\\w+)\\))?");

    /**
     * Expands all of it.
     *
     * @throws IllegalArgumentException if a macro or a variable is left that nobody knows
     */
    String expand(String sql) {
        String chosen = VARIABLE.matcher(conditions(sql)).replaceAll(found -> literal(strings(found.group(1))));
        String expanded = MACRO.matcher(chosen).replaceAll(found -> literal(macro(found)));
        if (expanded.contains("$")) {
            throw new IllegalArgumentException("nobody expands what begins with $ in " + expanded);
        }
        return expanded;
    }

    private static String literal(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** A condition holds of everything when every value of its variable is chosen. */
    private String conditions(String sql) {
        int start = sql.indexOf(CONDITIONAL);
        if (start < 0) {
            return sql;
        }
        int end = closing(sql, start + CONDITIONAL.length());
        String arguments = sql.substring(start + CONDITIONAL.length(), end);
        int comma = arguments.lastIndexOf(',');
        String variable = arguments.substring(comma + 1).strip().substring(1);
        String condition = choice(variable).all() ? "1=1" : arguments.substring(0, comma);
        return sql.substring(0, start) + condition + conditions(sql.substring(end + 1));
    }

    private static int closing(String sql, int from) {
        int open = 1;
        for (int i = from; i < sql.length(); i++) {
            open += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a parenthesis is not closed in " + sql);
    }

    private String strings(String variable) {
        return choice(variable).values().stream()
                .map(value -> "'" + value.replace("'", "''") + "'")
                .collect(Collectors.joining(","));
    }

    private Choice choice(String variable) {
        Choice choice = variables.get(variable);
        if (choice == null) {
            throw new IllegalArgumentException("there is no variable " + variable);
        }
        return choice;
    }

    private String macro(MatchResult found) {
        String from = "toDateTime(" + range.from().getEpochSecond() + ")";
        String to = "toDateTime(" + range.to().getEpochSecond() + ")";
        String column = found.group(2);
        long seconds = Math.max(1, range.interval().toSeconds());
        return switch (found.group(1)) {
            case "fromTime" -> from;
            case "toTime" -> to;
            case "interval_s" -> Long.toString(seconds);
            case "timeFilter" -> column + " >= " + from + " AND " + column + " <= " + to;
            case "timeInterval" -> "toStartOfInterval(toDateTime(" + column + "), INTERVAL " + seconds + " second)";
            default -> throw new IllegalArgumentException("nobody expands " + found.group());
        };
    }
}
