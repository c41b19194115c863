package io.millrace.common.source.postgres;

import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;
import java.util.Map;

/** What the server and the user must allow before anything can be captured. */
final class ServerCheck {

    private static final int OLDEST = 12;
    private static final int OLDEST_TO_ADD = 13;
    private static final int NEVER = Integer.MAX_VALUE;

    /** The minor release of each version that tells a reader of a publication's change ("Fix data loss in logical replication"). */
    private static final Map<Integer, Integer> FIRST_TO_ADD = Map.of(13, 21, 14, 18, 15, 13, 16, 9, 17, 5);

    private final Sql sql;
    private final Problems problems;

    ServerCheck(Sql sql, Problems problems) {
        this.sql = sql;
        this.problems = problems;
    }

    void run() throws SQLException {
        version();
        walLevel();
        role();
        senders();
    }

    /** Until these, a reader that met a table before it was published could pass over what changed in it afterwards. */
    void adds() throws SQLException {
        int version = Integer.parseInt(setting("server_version_num"));
        int needed = FIRST_TO_ADD.getOrDefault(version / 10_000, version / 10_000 < OLDEST_TO_ADD ? NEVER : 0);
        if (version % 10_000 < needed) {
            problems.add(
                    "source",
                    "is Postgres " + setting("server_version")
                            + ", which can lose changes of a table that is added to a"
                            + " publication whose slot is read; 13.21, 14.18, 15.13, 16.9, 17.5 and 18 do not. Update"
                            + " it, or drop the slot and start the job without a savepoint and with `generation` raised"
                            + " by one");
        }
    }

    private void version() throws SQLException {
        int version = Integer.parseInt(setting("server_version_num")) / 10_000;
        if (version < OLDEST) {
            problems.add("source", "is Postgres " + version + "; " + OLDEST + " is the oldest whose stream says all");
        }
    }

    private void walLevel() throws SQLException {
        String level = setting("wal_level");
        if (!level.equals("logical")) {
            problems.add(
                    "source",
                    "has wal_level = " + level + "; changes can be read at `logical` only. Run ALTER SYSTEM SET"
                            + " wal_level = 'logical' and restart Postgres");
        }
    }

    private void role() throws SQLException {
        // attributes are not inherited from a role that one is a member of; what Amazon grants instead is
        String allowed = sql.value("SELECT bool_or(r.rolname = 'rds_replication'"
                + " OR (r.rolname = current_user AND (r.rolreplication OR r.rolsuper)))"
                + " FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')");
        if (!allowed.equals("t")) {
            String user = sql.value("SELECT current_user");
            problems.add(
                    "source.user",
                    "is " + user + ", who may not replicate. Run ALTER ROLE " + TableName.quote(user) + " REPLICATION");
        }
    }

    private void senders() throws SQLException {
        long most = Long.parseLong(setting("max_wal_senders"));
        long used = Long.parseLong(sql.value("SELECT count(*) FROM pg_stat_replication"));
        if (used >= most) {
            problems.add(
                    "source",
                    "has all of its " + most + " WAL senders in use (max_wal_senders); the job needs one: raise the"
                            + " setting, or stop a reader");
        }
    }

    private String setting(String name) throws SQLException {
        return sql.value("SELECT current_setting(?)", name);
    }
}
