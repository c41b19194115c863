package io.millrace.analytics.parse;

import io.millrace.analytics.event.SearchTrace;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of searches and clicks: {@code searchId}, {@code sessionId}, {@code query}, {@code resultsCount}. What is
 * wrong in them is told when a search is asked for.
 */
final class SearchFields {

    /** A longer query is cut. */
    static final int LONGEST_QUERY = 256;

    private static final int LONGEST_TEXT = 65_536;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int MOST_RESULTS = Integer.MAX_VALUE;
    private static final int UNKNOWN = -1;

    private @Nullable String searchId;
    private @Nullable String sessionId;
    private String query = "";
    private long results;
    private @Nullable DataException wrongName;
    private @Nullable DataException wrongQuery;

    void begin() {
        searchId = null;
        sessionId = null;
        query = "";
        results = UNKNOWN;
        wrongName = null;
        wrongQuery = null;
    }

    /** Tells whether it was one of these fields. */
    boolean take(String name, FieldValue value) throws IOException {
        switch (name) {
            case "searchId", "sessionId" -> takeName(name, value);
            case "query", "resultsCount" -> takeQuery(name, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeName(String name, FieldValue value) throws IOException {
        try {
            String text = value.text(EventParser.LONGEST_NAME);
            if (name.equals("searchId")) {
                searchId = text;
            } else {
                sessionId = text;
            }
        } catch (DataException e) {
            wrongName = e;
        }
    }

    private void takeQuery(String name, FieldValue value) throws IOException {
        try {
            if (name.equals("query")) {
                query = normal(value.text(LONGEST_TEXT));
            } else {
                results = value.count(MOST_RESULTS);
            }
        } catch (DataException e) {
            wrongQuery = e;
        }
    }

    /** Whatever its case and its spaces, a query is one. */
    private static String normal(@Nullable String text) {
        String plain = text == null
                ? ""
                : SPACES.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        int end = Math.min(plain.length(), LONGEST_QUERY);
        boolean cutsPair = end < plain.length() && Character.isHighSurrogate(plain.charAt(end - 1));
        return plain.substring(0, cutsPair ? end - 1 : end);
    }

    /** Returns the session, of whatever action. */
    @Nullable
    String sessionId() {
        return sessionId;
    }

    SearchTrace search() throws DataException {
        if (wrongQuery != null) {
            throw wrongQuery;
        }
        return trace(query, results);
    }

    SearchTrace click() throws DataException {
        return trace("", UNKNOWN);
    }

    private SearchTrace trace(String searched, long found) throws DataException {
        if (wrongName != null) {
            throw wrongName;
        }
        return new SearchTrace(searchId, sessionId, searched, found);
    }
}
