package io.millrace.common.sink.notification;

import io.millrace.common.sink.redis.KeyTemplate;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a table are told, and to whom.
 *
 * @param table schema and name, as {@code public.users}
 * @param event the name that receivers listen to
 * @param namespace of Socket.IO, beginning with a slash
 * @param room made from the row's columns; null if nobody is told by Socket.IO
 * @param columns those that are told when they change; empty for all
 * @param largest bytes of what one event carries
 */
public record NotificationRoute(
        String table,
        String event,
        String namespace,
        @Nullable KeyTemplate room,
        Set<ToldChange> on,
        Set<String> columns,
        int largest)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Socket.IO keeps these names for itself, and its servers refuse to emit them. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    public NotificationRoute {
        on = Set.copyOf(on);
        columns = Set.copyOf(columns);
    }

    /** Tells whether Socket.IO keeps the name of an event for itself. */
    public static boolean isReserved(String event) {
        return RESERVED.contains(event);
    }
}
