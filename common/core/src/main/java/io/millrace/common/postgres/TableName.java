package io.millrace.common.postgres;

/** Schema and name of a table, unquoted. */
public record TableName(String schema, String name) {

    /** Takes {@code public.users} apart at the first dot; a name without a schema is in {@code public}. */
    public static TableName of(String table) {
        int dot = table.indexOf('.');
        return dot < 0
                ? new TableName("public", table)
                : new TableName(table.substring(0, dot), table.substring(dot + 1));
    }

    /** Returns both parts, quoted for SQL. */
    public String quoted() {
        return quote(schema) + "." + quote(name);
    }

    public static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
