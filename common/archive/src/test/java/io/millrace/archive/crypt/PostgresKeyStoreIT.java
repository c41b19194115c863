package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys in a real Postgres: one for each person, whoever asks first; none after an erasure for what was before it. */
@WithServers(Server.POSTGRES)
class PostgresKeyStoreIT {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 0);
    private static final ChainId OTHER = new ChainId("test", "audit-logs", 1);
    private static final MasterKey MASTER = LocalMasterKey.of("0f".repeat(32));
    private static final MasterKey NEXT_MASTER = LocalMasterKey.of("0e".repeat(32));
    private static final Subject ANNA = Subject.person("anna@example.com");

    private final String url;
    private final String user;
    private final String database;

    PostgresKeyStoreIT(Addresses addresses) {
        this.url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/"
                + addresses.postgresDatabase();
        this.user = addresses.postgresUser();
        this.database = addresses.postgresDatabase();
    }

    private PostgresKeyStore store;

    @BeforeEach
    void open() throws Exception {
        execute("DROP SCHEMA IF EXISTS millrace_audit CASCADE");
        store = open(MASTER);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    private PostgresKeyStore open(MasterKey... masters) throws KeyStoreException {
        return PostgresKeyStore.open(this::connect, List.of(masters));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Position at(long offset) {
        return new Position(CHAIN, offset);
    }

    @Test
    void givesEverybodyTheSameKey() throws KeyStoreException {
        DataKey key = store.keyFor(ANNA, at(1)).orElseThrow();

        assertThat(store.keyFor(ANNA, at(2))).hasValue(key);
        assertThat(store.keyFor(ANNA, new Position(OTHER, 1))).hasValue(key);
        assertThat(store.key(key.id())).hasValue(key);
        assertThat(store.keyFor(Subject.person("bert"), at(1))).get().isNotEqualTo(key);
        assertThat(store.key(UUID.randomUUID())).isEmpty();
        try (PostgresKeyStore other = open(MASTER)) {
            assertThat(other.keyFor(ANNA, at(9))).hasValue(key);
        }
    }

    @Test
    void givesTheSameKeyToAllWhoAskAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                Subject person = Subject.person("person " + round);
                List<Callable<DataKey>> calls = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    calls.add(() -> {
                        try (PostgresKeyStore own = open(MASTER)) {
                            return own.keyFor(person, at(1)).orElseThrow();
                        }
                    });
                }
                List<DataKey> keys = new ArrayList<>();
                for (Future<DataKey> key : threads.invokeAll(calls)) {
                    keys.add(key.get());
                }
                assertThat(keys).containsOnly(keys.get(0));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void namesNobodyAndShowsNoKey() throws Exception {
        DataKey key = store.keyFor(ANNA, at(1)).orElseThrow();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT string_agg(to_jsonb(k)::text, '') FROM millrace_audit.data_key k")) {
            rows.next();

            assertThat(rows.getString(1))
                    .contains(key.id().toString())
                    .doesNotContain("anna")
                    .doesNotContain(HexFormat.of().formatHex(key.bytes()));
        }
    }

    @Test
    void anErasedPersonHasNoKeyForWhatWasBeforeAndANewOneForWhatComesAfter() throws KeyStoreException {
        DataKey key = store.keyFor(ANNA, at(1)).orElseThrow();

        assertThat(store.beginErasing(ANNA)).isTrue();
        assertThat(store.key(key.id())).isEmpty();
        assertThat(store.keyFor(ANNA, at(500))).as("while the erasure goes on").isEmpty();
        store.finishErasing(ANNA, Map.of(CHAIN, 100L, OTHER, 7L));

        assertThat(store.keyFor(ANNA, at(100))).isEmpty();
        Optional<DataKey> next = store.keyFor(ANNA, at(101));
        assertThat(next).isPresent().get().isNotEqualTo(key);
        assertThat(store.keyFor(ANNA, at(100)))
                .as("also when there is a new key")
                .isEmpty();
        assertThat(store.keyFor(ANNA, new Position(OTHER, 8))).isEqualTo(next);
        assertThat(store.keyFor(Subject.person("bert"), at(1))).isPresent();
    }

    @Test
    void anErasureThatWasCutOffIsDoneAgain() throws KeyStoreException {
        assertThat(store.beginErasing(ANNA)).isFalse();
        assertThat(store.beginErasing(ANNA)).isFalse();
        store.finishErasing(ANNA, Map.of(CHAIN, 100L));
        store.finishErasing(ANNA, Map.of(CHAIN, 90L));

        assertThat(store.keyFor(ANNA, at(100)))
                .as("what was remembered never shrinks")
                .isEmpty();
    }

    @Test
    void doesNotOpenByAnotherMasterKey() {
        assertThatThrownBy(() -> open(NEXT_MASTER))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("wrapped by the master key " + MASTER.id())
                .hasMessageContaining(NEXT_MASTER.id())
                .satisfies(e -> assertThat(((KeyStoreException) e).isOutage()).isFalse());
    }

    @Test
    void aDatabaseWithoutTablesIsNoStoreAndStaysAsItWas() throws Exception {
        execute("DROP SCHEMA millrace_audit CASCADE");

        for (ThrowingCallable opening : List.<ThrowingCallable>of(
                () -> PostgresKeyStore.openExisting(this::connect, List.of(MASTER)),
                () -> LegalHolds.openExisting(this::connect))) {
            assertThatThrownBy(opening)
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("the database `" + database + "` holds no key store")
                    .hasMessageContaining("has no table millrace_audit.legal_hold")
                    .hasMessageContaining("Name the one that `key-store` of the archive's job names")
                    .satisfies(
                            e -> assertThat(((KeyStoreException) e).isOutage()).isFalse());
        }
        try (Connection connection = connect();
                ResultSet schemas = connection.getMetaData().getSchemas(null, "millrace_audit")) {
            assertThat(schemas.next()).isFalse();
        }
    }

    /** As `migrate` leaves them: holds can be set, and a person's hash needs the store's first key. */
    @Test
    void tablesWithoutAFirstKeyTakeHoldsAndNoQuestionOfAPerson() throws Exception {
        execute("DELETE FROM millrace_audit.data_key");

        assertThatThrownBy(() -> PostgresKeyStore.openExisting(this::connect, List.of(MASTER)))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("the database `" + database + "` holds no key store")
                .hasMessageContaining("has no first key in millrace_audit.data_key");
        try (LegalHolds holds = LegalHolds.openExisting(this::connect)) {
            assertThat(holds.place(null, null, null, "case 17")).isPositive();
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM millrace_audit.data_key")) {
            rows.next();
            assertThat(rows.getLong(1)).as("no key was made").isZero();
        }
    }

    @Test
    void oneMasterKeyFollowsAnother() throws KeyStoreException {
        DataKey key = store.keyFor(ANNA, at(1)).orElseThrow();
        DataKey later;
        try (PostgresKeyStore rotated = open(NEXT_MASTER, MASTER)) {
            assertThat(rotated.keyFor(ANNA, at(2))).hasValue(key);
            later = rotated.keyFor(Subject.person("bert"), at(3)).orElseThrow();
        }
        try (PostgresKeyStore again = open(NEXT_MASTER, MASTER)) {
            assertThat(again.keyFor(Subject.person("bert"), at(4))).hasValue(later);
        }
    }

    /** From digits to a service, and while the service is away. */
    @Test
    void aServiceKeepsTheMasterKey() throws KeyStoreException {
        MasterKey service = MasterKeys.of("sample-kms:one");
        DataKey old = store.keyFor(ANNA, at(1)).orElseThrow();
        DataKey made;
        try (PostgresKeyStore moved = open(service, MASTER)) {
            assertThat(moved.keyFor(ANNA, at(2))).hasValue(old);
            made = moved.keyFor(Subject.person("bert"), at(3)).orElseThrow();
            assertThat(moved.key(made.id())).hasValue(made);
        }

        assertThatThrownBy(() -> store.key(made.id()))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("wrapped by the master key sample-kms:one");
        try (PostgresKeyStore away = open(MASTER, MasterKeys.of("sample-kms:one,away"))) {
            assertThatThrownBy(() -> away.key(made.id()))
                    .isInstanceOf(KeyStoreException.class)
                    .satisfies(
                            e -> assertThat(((KeyStoreException) e).isOutage()).isTrue());
            assertThat(away.keyFor(ANNA, at(4))).as("it goes on").hasValue(old);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAnOutageAndIsFoundAgain() throws Exception {
        DataKey key = store.keyFor(ANNA, at(1)).orElseThrow();
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND datname = current_database()");

        assertThatThrownBy(() -> store.keyFor(ANNA, at(2)))
                .isInstanceOf(KeyStoreException.class)
                .satisfies(e -> assertThat(((KeyStoreException) e).isOutage()).isTrue());
        assertThat(store.keyFor(ANNA, at(2))).hasValue(key);
    }
}
