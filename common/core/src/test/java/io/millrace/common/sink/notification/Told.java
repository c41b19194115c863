package io.millrace.common.sink.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.sink.notification.Notification.Origin;

/** Notifications for tests. */
final class Told {

    private Told() {}

    static Notification of(String room, String data) {
        return new Notification(
                "public.users",
                "profile-updated",
                "/",
                room,
                "{\"id\":1}".getBytes(UTF_8),
                data.getBytes(UTF_8),
                1_000,
                new Origin("users", 0, 7));
    }
}
