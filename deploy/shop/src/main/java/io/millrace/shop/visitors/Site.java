package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import io.millrace.shop.Zipf;
import java.util.List;
import java.util.Locale;

/** Pages, what is searched for, and the services behind them. */
final class Site {

    private static final List<String> FIXED = List.of("/", "/deals", "/cart", "/help", "/account");
    private static final List<String> NOUNS = List.of(
            "lamp", "chair", "novel", "guitar", "rake", "puzzle", "kettle", "carpet", "candle", "mirror", "drum",
            "tent");
    private static final List<String> ADJECTIVES = List.of("red", "old", "small", "garden");
    private static final List<String> SERVICES = List.of("shop-api", "search-api", "cart-api");
    private static final List<String> ROUTES = List.of("/products/{id}", "/search", "/cart", "/orders/{id}");

    /** How many services of a kind there are: their names are the keys of samples. */
    private static final int INSTANCES = 12;

    private final Zipf products = new Zipf(60);
    private final Zipf terms = new Zipf(NOUNS.size() * ADJECTIVES.size());

    String page(ShopRandom random) {
        return random.chance(0.35) ? random.pick(FIXED) : "/products/" + products.next(random);
    }

    /** Returns what somebody types: cases and spaces make no other term. */
    String query(ShopRandom random) {
        int term = terms.next(random) - 1;
        String query = ADJECTIVES.get(term % ADJECTIVES.size()) + " " + NOUNS.get(term / ADJECTIVES.size());
        if (random.chance(0.1)) {
            return query.toUpperCase(Locale.ROOT);
        }
        return random.chance(0.1) ? "  " + query.replace(" ", "   ") + " " : query;
    }

    /** Fills in how a request went, and returns who says so. */
    String request(ObjectNode event, ShopRandom random) {
        String service = random.pick(SERVICES);
        boolean isSlow = random.chance(0.02);
        double millis = Math.exp(random.fraction() * 4) * (isSlow ? 40 : 1);
        event.put("service", service);
        event.put("route", random.pick(ROUTES));
        event.put("method", random.chance(0.8) ? "GET" : "POST");
        event.put("status", random.chance(0.02) ? 500 : random.chance(0.05) ? 404 : 200);
        event.put("durationMs", Math.round(millis * 10_000) / 10_000.0);
        return service + "-" + random.between(1, INSTANCES);
    }
}
