package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.Place;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which changes of a configuration send rows elsewhere. */
class PlacesTest {

    /** Rows that were written before are not there in the new form. */
    @Test
    void anotherModeOfAKeyAndAnotherFormOfATopicAreOtherPlaces() {
        Map<String, Set<Place>> before = places(Configurations.SYNC, true);
        Map<String, Set<Place>> after = places(Configurations.SYNC.replace("mode: invalidate", "mode: write"), true);
        Set<Place> captured = places(Configurations.CAPTURE, true).get("public.users");

        assertThat(after.get("public.users")).isEqualTo(before.get("public.users"));
        assertThat(before.get("public.orders"))
                .extracting(Place::name)
                .containsExactly("clickhouse orders", "postgres order_facts", "redis order:{id} invalidated");
        assertThat(after.get("public.orders"))
                .extracting(Place::name)
                .containsExactly("clickhouse orders", "postgres order_facts", "redis order:{id}");
        assertThat(captured).extracting(Place::toString).containsExactly("kafka db.public.users");
        assertThat(places(Configurations.CAPTURE, false).get("public.users")).doesNotContainAnyElementsOf(captured);
    }

    /** Else a job that goes on would fill another database only with what changes from now on. */
    @Test
    void anotherDatabaseOrSchemaIsAnotherPlaceAndAnotherServerIsNot() {
        String moved = Configurations.SYNC
                .replace("redis://cache:6379", "redis://cache:6379/3")
                .replace("http://warehouse:8123\"", "http://warehouse:8123\", database: shop_v2")
                .replace("schema: shop", "schema: models");

        assertThat(places(Configurations.SYNC, true).get("public.orders"))
                .extracting(Place::toString)
                .containsExactly(
                        "clickhouse orders in database millrace",
                        "postgres order_facts in schema shop of database shop",
                        "redis order:{id} invalidated in database 0");
        assertThat(places(moved, true).get("public.orders"))
                .extracting(Place::toString)
                .containsExactly(
                        "clickhouse orders in database shop_v2",
                        "postgres order_facts in schema models of database shop",
                        "redis order:{id} invalidated in database 3");
        assertThat(places(
                        Configurations.SYNC
                                .replace("http://warehouse", "http://warehouse2")
                                .replace("host: model", "host: m2"),
                        true))
                .isEqualTo(places(Configurations.SYNC, true));
    }

    private static Map<String, Set<Place>> places(String yaml, boolean withSchema) {
        CdcOptions options = Configurations.read(yaml);
        return options.routes().places(options.databases(), "db", withSchema);
    }
}
