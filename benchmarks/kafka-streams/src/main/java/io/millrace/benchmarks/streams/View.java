package io.millrace.benchmarks.streams;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** What is read of a view of a page. */
@JsonIgnoreProperties(ignoreUnknown = true)
record View(
        String pageUrl, @Nullable String userId, @Nullable String sessionId, String timestamp) {

    String visitor() {
        if (userId != null) {
            return userId;
        }
        return sessionId == null ? "" : sessionId;
    }
}
