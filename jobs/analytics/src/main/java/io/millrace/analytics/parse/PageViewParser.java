package io.millrace.analytics.parse;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code {eventId?, pageUrl, userId?, sessionId?, referrer?, timestamp?}}. */
public final class PageViewParser extends EventParser<PageView> {

    private static final int LONGEST_URL = 2_048;

    private @Nullable String pageUrl;
    private @Nullable String userId;
    private @Nullable String sessionId;

    public PageViewParser(EventLimits limits) {
        super(limits);
    }

    @Override
    void begin() {
        pageUrl = null;
        userId = null;
        sessionId = null;
    }

    @Override
    void take(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "pageUrl" -> pageUrl = value.known(LONGEST_URL);
            case "userId" -> userId = value.text(LONGEST_NAME);
            case "sessionId" -> sessionId = value.text(LONGEST_NAME);
            default -> {}
        }
    }

    @Override
    PageView end(Stamp stamp) throws DataException {
        return new PageView(require("pageUrl", pageUrl), new Visit(stamp, visitor()), sessionId);
    }

    private long visitor() {
        if (userId != null) {
            return Visit.user(userId);
        }
        return sessionId == null ? Visit.NOBODY : Visit.session(sessionId);
    }
}
