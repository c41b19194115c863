package io.millrace.archive.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Position;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds in a real Postgres: who is held is not erased, and what is held while days are removed waits. */
@WithServers(Server.POSTGRES)
class LegalHoldsIT {

    private static final ChainId CHAIN = new ChainId("test", "audit-logs", 0);
    private static final MasterKey MASTER = LocalMasterKey.of("0f".repeat(32));
    private static final Subject ANNA = Subject.person("anna@example.com");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final long PATIENCE_SECONDS = 120;

    private final String url;
    private final String user;
    private PostgresKeyStore store;
    private LegalHolds holds;

    LegalHoldsIT(Addresses addresses) {
        this.url = "jdbc:postgresql://" + addresses.postgresHost() + ":" + addresses.postgresPort() + "/"
                + addresses.postgresDatabase();
        this.user = addresses.postgresUser();
    }

    @BeforeEach
    void open() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS millrace_audit CASCADE");
        }
        store = PostgresKeyStore.open(this::connect, List.of(MASTER));
        holds = LegalHolds.openExisting(this::connect);
    }

    @AfterEach
    void close() {
        store.close();
        holds.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    @Test
    void aHoldIsInForceUntilItIsReleased() throws IOException {
        long all = holds.place(null, MONDAY, null, "case 17");
        long anna = holds.place(store.hidden(ANNA), null, MONDAY.plusDays(9), "case 18");

        assertThat(holds.inForce())
                .containsExactly(
                        new Hold(all, MONDAY, null, true, Set.of()),
                        new Hold(anna, null, MONDAY.plusDays(9), false, Set.of()));
        assertThat(holds.release(all)).isTrue();
        assertThat(holds.release(all)).as("again").isFalse();
        assertThat(holds.release(999)).isFalse();
        assertThat(holds.inForce()).extracting(Hold::id).containsExactly(anna);

        List<PlacedHold> placed = holds.all();
        assertThat(placed).extracting(PlacedHold::reason).containsExactly("case 17", "case 18");
        assertThat(placed).extracting(PlacedHold::placedBy).containsOnly(user);
        assertThat(placed.get(0).releasedAt()).isAfterOrEqualTo(placed.get(0).placedAt());
        assertThat(placed.get(1).releasedAt()).isNull();
        assertThat(placed.get(1).subject()).isEqualTo(HexFormat.of().formatHex(store.hidden(ANNA)));
    }

    @Test
    void aHoldOfAPersonNamesTheKeyAlsoIfThatCameLater() throws IOException {
        holds.place(store.hidden(ANNA), null, null, "case 18");

        DataKey key = store.keyFor(ANNA, new Position(CHAIN, 1)).orElseThrow();

        assertThat(holds.inForce().get(0).keys()).containsExactly(key.id());
    }

    @Test
    void whoIsHeldIsNotErased() throws IOException {
        DataKey key = store.keyFor(ANNA, new Position(CHAIN, 1)).orElseThrow();
        long hold = holds.place(store.hidden(ANNA), MONDAY, MONDAY, "case 18");

        assertThatThrownBy(() -> store.beginErasing(ANNA))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("under the legal hold " + hold);
        assertThat(store.find(ANNA)).hasValue(key);
        assertThat(store.isErasing(ANNA)).isFalse();

        holds.release(hold);
        assertThat(store.beginErasing(ANNA)).isTrue();
        assertThat(store.isErasing(ANNA)).isTrue();
        store.finishErasing(ANNA, Map.of(CHAIN, 1L));
        assertThat(store.isErasing(ANNA)).isFalse();
    }

    /** By what a store is told from another archive's. */
    @Test
    void theKeysBesideAHoldAreKnownAndSoIsWhichArchiveSomebodyWasErasedFrom() throws IOException {
        UUID key = store.keyFor(ANNA, new Position(CHAIN, 1)).orElseThrow().id();
        UUID none = UUID.randomUUID();

        assertThat(holds.hasAnyKey(List.of(none, key))).isTrue();
        assertThat(holds.hasAnyKey(List.of(none))).isFalse();
        assertThat(holds.hasAnyKey(List.of())).isFalse();
        assertThat(holds.rememberErasureFrom("test")).isFalse();

        store.beginErasing(ANNA);
        store.finishErasing(ANNA, Map.of(CHAIN, 1L));

        assertThat(holds.hasAnyKey(List.of(key))).isFalse();
        assertThat(holds.rememberErasureFrom("test")).isTrue();
        assertThat(holds.rememberErasureFrom("other")).isFalse();
    }

    @Test
    void findingAKeyMakesNone() throws IOException {
        assertThat(store.find(ANNA)).isEmpty();
        assertThat(store.find(ANNA)).isEmpty();
        DataKey key = store.keyFor(ANNA, new Position(CHAIN, 1)).orElseThrow();
        assertThat(store.find(ANNA)).hasValue(key);
    }

    @Test
    void whoPlacesAHoldWaitsUntilADayIsRemoved() throws Exception {
        CompletableFuture<Long> placing = new CompletableFuture<>();
        List<Hold> seen = holds.whileNoneComes(inForce -> {
            Thread other = new Thread(() -> {
                try (LegalHolds own = LegalHolds.openExisting(this::connect)) {
                    placing.complete(own.place(null, MONDAY, null, "late"));
                } catch (KeyStoreException e) {
                    placing.completeExceptionally(e);
                }
            });
            other.start();
            awaitLock();
            assertThat(placing).isNotDone();
            return inForce;
        });

        assertThat(seen).isEmpty();
        assertThat(placing.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPositive();
        assertThat(holds.inForce()).hasSize(1);
    }

    /** Waits until somebody waits for the table. */
    private void awaitLock() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean waiting = false;
            while (!waiting) {
                try (var rows = statement.executeQuery(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation IS NOT NULL)")) {
                    rows.next();
                    waiting = rows.getBoolean(1);
                }
                assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anErrorOfTheWorkIsWhatTheCallerGets() {
        assertThatThrownBy(() -> holds.whileNoneComes(inForce -> {
                    throw new IOException("the disk is full");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("the disk is full");
    }
}
