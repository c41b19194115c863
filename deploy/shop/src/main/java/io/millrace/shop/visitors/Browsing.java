package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session of one person, from the first page to the last. */
final class Browsing {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final String EXPERIMENT = "checkout-button";

    /** Of those who are part of the experiment; half of them is meant to be: the others do not arrive. */
    private static final double SHARE_OF_A = 0.7;

    private final VisitorTopics topics;
    private final Site site;
    private final ShopRandom random;
    private final String sessionId;
    private final @Nullable String userId;
    private final List<Happening> happenings = new ArrayList<>();
    private long now;

    private Browsing(VisitorTopics topics, Site site, ShopRandom random, @Nullable String userId, long start) {
        this.topics = topics;
        this.site = site;
        this.random = random;
        this.userId = userId;
        this.sessionId = "s-" + Long.toHexString(random.bits());
        this.now = start;
    }

    /**
     * Returns what happens in a session.
     *
     * @param user who it is; some do not say so
     * @param start in epoch milliseconds
     */
    static List<Happening> of(VisitorTopics topics, Site site, ShopRandom random, int user, long start) {
        boolean isKnown = random.chance(0.85);
        Browsing browsing = new Browsing(topics, site, random, isKnown ? "visitor-" + user : null, start);
        browsing.browse();
        return browsing.happenings;
    }

    private void browse() {
        int carted = 0;
        for (int left = length(); left > 0; left--) {
            view();
            if (userId != null) {
                carted += act(userId);
            }
            now += pause();
        }
        if (userId != null && carted > 0 && random.chance(0.4)) {
            Goods.order(action(userId, "purchase"), random);
        }
    }

    private int length() {
        int length = 1;
        while (length < 15 && random.chance(0.8)) {
            length++;
        }
        return length;
    }

    /** Some go away for so long that it is another session, and some for nearly so long. */
    private long pause() {
        if (random.chance(0.02)) {
            return random.longBetween(31 * MINUTE, 40 * MINUTE);
        }
        return random.chance(0.03)
                ? random.longBetween(10 * MINUTE, 29 * MINUTE)
                : random.longBetween(2 * SECOND, 80 * SECOND);
    }

    private void view() {
        ObjectNode view = event();
        view.put("pageUrl", site.page(random));
        if (userId != null) {
            view.put("userId", userId);
        }
        view.put("sessionId", sessionId);
        tell(topics.views(), userId == null ? sessionId : userId, view);
        if (random.chance(0.6)) {
            ObjectNode request = event();
            tell(topics.requests(), site.request(request, random), request);
        }
    }

    /** Returns how many things went into the cart. */
    private int act(String user) {
        if (random.chance(0.25)) {
            search(user);
        } else if (random.chance(0.2)) {
            action(user, "click").put("target", "teaser");
        }
        if (random.chance(0.004)) {
            clickMuch(user);
        }
        if (random.chance(0.1)) {
            action(user, random.chance(0.5) ? "page_view" : "scroll");
        }
        if (random.chance(0.15)) {
            action(user, "add_to_cart").put("productId", random.between(1, 300));
            return 1;
        }
        return 0;
    }

    private void search(String user) {
        @Nullable String searchId = random.chance(0.8) ? "q-" + Long.toHexString(random.bits()) : null;
        ObjectNode search = action(user, "search");
        search.put("query", site.query(random));
        search.put("resultsCount", random.chance(0.15) ? 0 : random.between(1, 500));
        if (searchId != null) {
            search.put("searchId", searchId);
        }
        if (random.chance(0.5)) {
            now += random.longBetween(SECOND, 4 * MINUTE);
            ObjectNode click = action(user, "click");
            click.put("target", "result");
            if (searchId != null) {
                click.put("searchId", searchId);
            }
        }
    }

    private void clickMuch(String user) {
        for (int left = random.between(52, 70); left > 0; left--) {
            action(user, "click").put("target", "gallery");
        }
    }

    private ObjectNode action(String user, String type) {
        now += random.longBetween(10, 4 * SECOND);
        ObjectNode action = event();
        action.put("userId", user);
        action.put("sessionId", sessionId);
        action.put("type", type);
        expose(action, user);
        tell(topics.actions(), user, action);
        return action;
    }

    /** Everybody is always in the same variant. */
    private static void expose(ObjectNode action, String user) {
        ShopRandom lot = new ShopRandom(user.hashCode());
        if (lot.chance(0.5)) {
            action.putObject("experiment").put("id", EXPERIMENT).put("variant", lot.chance(SHARE_OF_A) ? "A" : "B");
        }
    }

    private void tell(String topic, String key, ObjectNode event) {
        happenings.add(new Happening(topic, key, event, now));
    }

    private static ObjectNode event() {
        return JsonNodeFactory.instance.objectNode();
    }
}
