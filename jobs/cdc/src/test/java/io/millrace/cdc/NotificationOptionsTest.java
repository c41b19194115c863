package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.cdc.model.Place;
import io.millrace.cdc.settings.NotificationSettings;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.common.replay.Fence;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractListAssert;
import org.junit.jupiter.api.Test;

class NotificationOptionsTest {

    private static final String NOTIFY = Configurations.NOTIFY;

    @Test
    void readsWhoIsToldOfWhat() {
        CdcOptions options = Configurations.read(NOTIFY);
        NotificationSettings target = options.notifications().orElseThrow();

        assertThat(options.routes().notifications())
                .containsExactly(new NotificationRoute(
                        "public.users",
                        "profile-updated",
                        "/",
                        KeyTemplate.parse("user:{id}"),
                        Set.of(ToldChange.UPDATE),
                        Set.of("email", "name"),
                        256 * 1024));
        assertThat(target.socketIo().orElseThrow().key()).isEqualTo("socket.io");
        assertThat(target.socketIo().orElseThrow().redis().uri()).isEqualTo("redis://cache:6379");
        assertThat(target.topic()).isEqualTo("notifications");
        assertThat(target.kafka().orElseThrow().kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(options.fence()).isEmpty();
        assertThat(options.toString()).doesNotContain("canary");
    }

    /** Else a job that goes on would take what it does not know of a row for new. */
    @Test
    void otherColumnsAreAnotherPlace() {
        assertThat(Configurations.read(NOTIFY)
                        .routes()
                        .places(Map.of(), "", true)
                        .get("public.users"))
                .extracting(Place::toString)
                .containsExactly("notifications of [email, name]");
    }

    @Test
    void readsEveryOption() {
        CdcOptions options =
                Configurations.read(NOTIFY.replace("columns: [email, name]", "on: [insert, delete], namespace: /app")
                        .replace("  notifications:\n", "  notifications:\n    largest: 10 kb\n")
                        .replace("password:", "key: mine, request-timeout: 1 s, cluster: true, password:")
                        .replace("\"broker:9092\"}\ndead", "\"broker:9092\", topic: told}\ndead"));
        NotificationRoute route = options.routes().notifications().get(0);
        NotificationSettings target = options.notifications().orElseThrow();

        assertThat(route.on()).containsExactlyInAnyOrder(ToldChange.INSERT, ToldChange.DELETE);
        assertThat(route.namespace()).isEqualTo("/app");
        assertThat(route.columns()).isEmpty();
        assertThat(route.largest()).isEqualTo(10 * 1024);
        assertThat(target.socketIo().orElseThrow().key()).isEqualTo("mine");
        assertThat(target.socketIo().orElseThrow().redis().cluster()).isTrue();
        assertThat(target.topic()).isEqualTo("told");
    }

    @Test
    void needsARoomForSocketIoAlone() {
        String without = NOTIFY.replace("room: \"user:{id}\", ", "");

        assertProblems(without).containsExactly("routes[0].notifications.room");
        assertThat(Configurations.read(without.replaceAll("(?m)^ *redis:.*$", ""))
                        .routes()
                        .notifications())
                .singleElement()
                .satisfies(route -> assertThat(route.room()).isNull());
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertProblems(NOTIFY.replace(
                                "event: profile-updated, room: \"user:{id}\"",
                                "event: disconnect, room: \"{id\", namespace: app, on: [update, truncate], colums: []")
                        .replace("redis://cache", "http://cache")
                        .replace("broker:9092\"}\ndead", "b:1\", topic: a b}\ndead"))
                .containsExactlyInAnyOrder(
                        "routes[0].notifications.event",
                        "routes[0].notifications.room",
                        "routes[0].notifications.namespace",
                        "routes[0].notifications.on",
                        "routes[0].notifications.colums",
                        "targets.notifications.redis.uri",
                        "targets.notifications.kafka.topic");
        assertProblems(NOTIFY.replaceAll("(?m)^ *(redis|kafka): \\{(uri|bootstrap-servers: \"broker:9092\"}).*$", "")
                        .replace("  notifications:\n", "  notifications: {largest: 1 mb}\n"))
                .containsExactlyInAnyOrder("targets.notifications", "targets.notifications.largest");
    }

    @Test
    void readsAFence() {
        assertThat(Configurations.read("fence: none\n" + NOTIFY).fence()).contains(Fence.NONE);
        assertThat(Configurations.read("fence: \"t:0=5\"\n" + NOTIFY).fence()).contains(Fence.parse("t:0=5"));
        assertProblems("fence: stop\n" + NOTIFY).containsExactly("fence");
        assertProblems("fence: none\n" + Configurations.DIRECT).containsExactly("fence");
    }

    private static AbstractListAssert<?, ?, String, ?> assertProblems(String yaml) {
        return assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> Configurations.read(yaml))
                        .problems())
                .extracting(Problem::path);
    }
}
