package io.debezium.connector.postgresql;

import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TypeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of Debezium's class of this name, which reads all types of a database and ends with a
 * NullPointerException if one counts as an enum and has no labels of its own: a domain over an enum, or an enum that
 * has none yet. Debezium takes types of one name in several schemas for one. Answers what is asked by those who read
 * with pgoutput. Used by one thread.
 *
 * <p>It must come before Debezium's on the class path; {@link #takesEnumsWithoutLabels} exists nowhere else.
 */
public final class TypeRegistry {

    /** Stands for a type that was declared without a length or the like. */
    public static final int NO_TYPE_MODIFIER = -1;

    /** Stands for a length that nothing tells. */
    public static final int UNKNOWN_LENGTH = -1;

    /** What the driver calls a domain. */
    public static final int DOMAIN_TYPE = Types.DISTINCT;

    private static final Logger LOG = LoggerFactory.getLogger(TypeRegistry.class);

    private static final String TYPES = """
            SELECT t.oid AS number, n.nspname AS schema, t.typname AS name, t.typelem AS element, t.typbasetype AS base,
                   t.typtypmod AS modifier, t.typtype AS kind, t.typcategory = 'A' AS oflist,
                   t.typinput = 'pg_catalog.array_in'::regproc AS isarray,
                   pg_catalog.pg_type_is_visible(t.oid) AS visible,
                   CASE WHEN t.typtype = 'e' THEN
                       ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
                             ORDER BY e.enumsortorder) END AS labels
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname <> 'pg_toast' AND (%s)
            ORDER BY visible, t.oid
            """;

    /** Without the rows of tables and the lists of them: two types for each table, which few columns are of. */
    private static final String USUAL = "t.typrelid = 0 AND NOT EXISTS"
            + " (SELECT FROM pg_catalog.pg_type r WHERE r.oid = t.typelem AND r.typrelid <> 0)";

    private static final String BY_NUMBER = "t.oid = ?::oid";
    private static final String BY_NAME = "t.typname = ?";
    private static final String BUILT_IN = "pg_catalog";

    /** What the driver calls a number with a sequence behind it. */
    private static final Map<String, String> SERIALS =
            Map.of("smallserial", "int2", "serial", "int4", "bigserial", "int8");

    private final PostgresConnection connection;
    private final Set<String> known = new HashSet<>();
    private final Map<Integer, PostgresType.Builder> read = new HashMap<>();
    private final Map<Integer, PostgresType> byNumber = new HashMap<>();
    private final Map<String, PostgresType> byName = new HashMap<>();
    private final Map<Integer, String> qualified = new HashMap<>();

    /**
     * Reads the types that there are.
     *
     * @param connection is asked later, too, for a type that comes to be, or that is the row of a table
     */
    public TypeRegistry(PostgresConnection connection) {
        this.connection = connection;
        try {
            driver().getPGTypeNamesWithSQLTypes().forEachRemaining(known::add);
        } catch (SQLException e) {
            throw new DebeziumException("the types of the database cannot be read: " + e.getMessage(), e);
        }
        read(USUAL);
    }

    /** Fails to link if Debezium's own class is found first. */
    public static boolean takesEnumsWithoutLabels() {
        return true;
    }

    /** Returns a type by its number in {@code pg_type}; {@link PostgresType#UNKNOWN} if there is none. */
    public PostgresType get(int oid) {
        PostgresType type = built(oid);
        if (type == null) {
            read(BY_NUMBER, Integer.toUnsignedString(oid));
            type = built(oid);
        }
        return type == null ? unknown("number " + Integer.toUnsignedString(oid)) : type;
    }

    /**
     * Returns a type by the name that Postgres or the driver has for it; {@link PostgresType#UNKNOWN} if there is none.
     *
     * @param name the driver writes {@code "schema"."name"} of one that is not found without its schema
     */
    public PostgresType get(String name) {
        PostgresType type = byName.get(name);
        if (type != null) {
            return type;
        }
        String bare = SERIALS.getOrDefault(name, bare(name));
        if (name.endsWith("\"") || !byName.containsKey(bare)) {
            read(BY_NAME, bare);
            type = byName.get(name);
        }
        if (type == null) {
            type = byName.get(bare);
        }
        return type == null ? unknown("name " + bare) : type;
    }

    /** Returns the name by which {@link #get(String)} finds a type: with its schema if another one has it without. */
    public String nameOf(PostgresType type) {
        String bare = type.getName();
        return get(bare).getOid() == type.getOid() ? bare : qualified.getOrDefault(type.getOid(), bare);
    }

    private static String bare(String name) {
        int start = name.endsWith("\"") ? name.lastIndexOf('"', name.length() - 2) : name.lastIndexOf('.');
        return name.endsWith("\"") && start >= 0
                ? name.substring(start + 1, name.length() - 1)
                : name.substring(start + 1);
    }

    private static PostgresType unknown(String what) {
        LOG.warn("The database has no type of the {}", what);
        return PostgresType.UNKNOWN;
    }

    /** A base or an element may come after what is made of it. */
    private @Nullable PostgresType built(int oid) {
        PostgresType.Builder builder = read.remove(oid);
        if (builder != null) {
            byNumber.put(oid, builder.build());
        }
        return byNumber.get(oid);
    }

    private void read(String which, String... arguments) {
        Map<Integer, Boolean> found = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.connection().prepareStatement(TYPES.formatted(which))) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            TypeInfo driver = driver();
            try (ResultSet types = statement.executeQuery()) {
                while (types.next()) {
                    int oid = (int) types.getLong("number");
                    read.put(oid, builder(types, oid, driver));
                    found.put(oid, types.getBoolean("visible"));
                    // as the driver writes it, which escapes nothing
                    qualified.put(oid, '"' + types.getString("schema") + "\".\"" + types.getString("name") + '"');
                }
            }
        } catch (SQLException e) {
            throw new DebeziumException("the types of the database cannot be read: " + e.getMessage(), e);
        }
        found.forEach((oid, visible) -> name(get(oid), visible));
    }

    /** Of several types with one name, that which needs no schema before it has the name alone. */
    private void name(PostgresType type, boolean visible) {
        if (visible) {
            byName.put(type.getName(), type);
        } else {
            byName.putIfAbsent(type.getName(), type);
        }
        byName.put(qualified.getOrDefault(type.getOid(), type.getName()), type);
    }

    private PostgresType.Builder builder(ResultSet type, int oid, TypeInfo driver) throws SQLException {
        String name = type.getString("name");
        PostgresType.Builder builder = new PostgresType.Builder(
                        this, name, oid, jdbcType(type, name, driver), type.getInt("modifier"), driver)
                .parentType((int) type.getLong("base"));
        if (type.getString("kind").equals("e")) {
            builder.enumValues(List.of((String[]) type.getArray("labels").getArray()));
        } else if (type.getBoolean("oflist")) {
            builder.elementType((int) type.getLong("element"));
        }
        return builder;
    }

    private int jdbcType(ResultSet type, String name, TypeInfo driver) throws SQLException {
        if (known.contains(name) && type.getString("schema").equals(BUILT_IN)) {
            return driver.getSQLType(name);
        }
        if (type.getBoolean("isarray")) {
            return Types.ARRAY;
        }
        return switch (type.getString("kind")) {
            case "c" -> Types.STRUCT;
            case "d" -> DOMAIN_TYPE;
            case "e" -> Types.VARCHAR;
            default -> Types.OTHER;
        };
    }

    private TypeInfo driver() throws SQLException {
        return ((BaseConnection) connection.connection()).getTypeInfo();
    }

    /** Returns the number of the type of PostGIS; {@link Integer#MIN_VALUE}, as of each below, if there is none. */
    public int geometryOid() {
        return number("geometry");
    }

    /** Returns the number of the type of PostGIS. */
    public int geographyOid() {
        return number("geography");
    }

    /** Returns the number of the type of the extension {@code citext}. */
    public int citextOid() {
        return number("citext");
    }

    /** Returns the number of the type of the extension {@code hstore}. */
    public int hstoreOid() {
        return number("hstore");
    }

    /** Returns the number of the type of the extension {@code ltree}. */
    public int ltreeOid() {
        return number("ltree");
    }

    /** Returns the number of the list of them. */
    public int geometryArrayOid() {
        return number("_geometry");
    }

    /** Returns the number of the list of them. */
    public int geographyArrayOid() {
        return number("_geography");
    }

    /** Returns the number of the list of them. */
    public int citextArrayOid() {
        return number("_citext");
    }

    /** Returns the number of the list of them. */
    public int hstoreArrayOid() {
        return number("_hstore");
    }

    /** Returns the number of the list of them. */
    public int ltreeArrayOid() {
        return number("_ltree");
    }

    private int number(String name) {
        PostgresType type = byName.get(name);
        return type == null ? Integer.MIN_VALUE : type.getOid();
    }
}
