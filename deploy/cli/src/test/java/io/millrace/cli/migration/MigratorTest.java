package io.millrace.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigratorTest {
    private static final Migration FIRST = new Migration(1, "first", "SELECT 1");
    private static final Migration SECOND = new Migration(2, "second", "SELECT 2");

    @Test
    void everythingIsPendingForANewDatabase() {
        assertThat(pending(List.of(FIRST, SECOND), List.of())).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatTheLedgerHoldsIsNotAppliedAgain() {
        assertThat(pending(List.of(FIRST, SECOND), List.of(applied(FIRST)))).containsExactly(SECOND);
        assertThat(pending(List.of(FIRST, SECOND), List.of(applied(SECOND), applied(FIRST))))
                .isEmpty();
    }

    @Test
    void aFileThatChangedAfterItWasAppliedIsAnError() {
        Migration changed = new Migration(1, "first", "SELECT 1 ");
        assertThatThrownBy(() -> pending(List.of(changed, SECOND), List.of(applied(FIRST))))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("0001_first.sql was changed after it was applied to db; put its text back and write a new"
                        + " migration for the change");
    }

    @Test
    void lineEndsDoNotChangeAFile() {
        assertThat(new Migration(1, "a", "x\r\ny").checksum()).isEqualTo(new Migration(1, "a", "x\ny").checksum());
    }

    @Test
    void aDatabaseThatIsAheadIsAnError() {
        assertThatThrownBy(() -> pending(List.of(FIRST), List.of(applied(FIRST), applied(SECOND))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("0002_second, which is not in this folder")
                .hasMessageContaining("newer Millrace");
    }

    @Test
    void aHoleInTheLedgerIsAnError() {
        assertThatThrownBy(() -> pending(List.of(FIRST, SECOND), List.of(applied(SECOND))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no migration 0001 although it has 0002");
    }

    @Test
    void appliesInOrderAndEndsAtTheFirstFailure() {
        List<String> seen = new ArrayList<>();
        MigrationTarget target = new Recording(seen, 2);
        Migration third = new Migration(3, "third", "SELECT 3");
        assertThatThrownBy(() -> Migrator.migrate(
                        target, List.of(FIRST, SECOND, third), migration -> seen.add("told " + migration.number())))
                .hasMessage("no");
        assertThat(seen).containsExactly("open", "apply 1", "told 1", "apply 2");
    }

    private static List<Migration> pending(List<Migration> migrations, List<AppliedMigration> ledger) {
        return Migrator.pending("db", migrations, ledger);
    }

    private static AppliedMigration applied(Migration migration) {
        return new AppliedMigration(migration.number(), migration.name(), migration.checksum());
    }

    private record Recording(List<String> seen, int failing) implements MigrationTarget {
        @Override
        public String name() {
            return "db";
        }

        @Override
        public List<AppliedMigration> open() {
            seen.add("open");
            return List.of();
        }

        @Override
        public void apply(Migration migration) {
            seen.add("apply " + migration.number());
            if (migration.number() == failing) {
                throw new CommandFailure("no");
            }
        }

        @Override
        public void close() {}
    }
}
