package io.millrace.cdc.settings;

import io.millrace.common.config.ConfigNode;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.settings.Sizes;
import io.millrace.common.sink.notification.NotificationRoute;
import io.millrace.common.sink.notification.ToldChange;
import io.millrace.common.sink.redis.KeyTemplate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what routes say of notifications, and notes everything that is wrong with it. */
final class NotificationRoutesReader {

    private static final Set<String> FIELDS = new TreeSet<>(Set.of("event", "room", "namespace", "on", "columns"));

    private final int largest;
    private final boolean bySocketIo;
    private final List<NotificationRoute> routes = new ArrayList<>();

    NotificationRoutesReader(ConfigReader config) {
        this.largest =
                config.find(NotificationSettings.LARGEST).map(Sizes::toInt).orElse(0);
        this.bySocketIo = config.has(NotificationSettings.REDIS_KEY);
    }

    List<NotificationRoute> routes() {
        return routes;
    }

    void read(ConfigNode node, String table) {
        node.refuseUnknown(FIELDS);
        String event = node.requiredText("event", "receivers listen to it, as `profile-updated`")
                .orElse("");
        if (NotificationRoute.isReserved(event)) {
            node.problem("event", "is " + event + ", which Socket.IO keeps for itself; choose another name");
        }
        String namespace = node.text("namespace").orElse("/");
        if (!namespace.startsWith("/")) {
            node.problem("namespace", "is \"" + namespace + "\"; it must begin with /");
        }
        if (bySocketIo && !node.has("room")) {
            node.problem("room", "is missing; it says who is told by Socket.IO, as `user:{id}`");
        }
        Optional<KeyTemplate> room = room(node);
        Set<ToldChange> on = on(node);
        routes.add(new NotificationRoute(
                table, event, namespace, room.orElse(null), on, Set.copyOf(node.texts("columns")), largest));
    }

    private static Optional<KeyTemplate> room(ConfigNode node) {
        @Nullable String room = node.text("room").orElse(null);
        if (room == null) {
            return Optional.empty();
        }
        List<String> wrong = KeyTemplate.problemsOf(room);
        wrong.forEach(problem -> node.problem("room", "is \"" + room + "\": " + problem));
        return wrong.isEmpty() ? Optional.of(KeyTemplate.parse(room)) : Optional.empty();
    }

    private static Set<ToldChange> on(ConfigNode node) {
        if (!node.has("on")) {
            return EnumSet.of(ToldChange.UPDATE);
        }
        Set<ToldChange> on = EnumSet.noneOf(ToldChange.class);
        for (String word : node.texts("on")) {
            Optional<ToldChange> told = EnumSet.allOf(ToldChange.class).stream()
                    .filter(change -> change.label().equals(word))
                    .findFirst();
            told.ifPresentOrElse(
                    on::add, () -> node.problem("on", "has \"" + word + "\"; it takes insert, update and delete"));
        }
        if (on.isEmpty()) {
            node.problem("on", "is empty; name what is told: insert, update or delete");
        }
        return on;
    }
}
