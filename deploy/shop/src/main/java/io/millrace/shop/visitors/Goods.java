package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.shop.ShopRandom;
import java.math.BigDecimal;
import java.util.List;

/** What there is to buy, and how a purchase tells of it. */
final class Goods {

    private static final List<String> CATEGORIES = List.of("books", "music", "garden", "toys");
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD", "GBP");

    private Goods() {}

    /** Makes an order: amounts are texts or numbers, and do not always come to what the items do. */
    static void order(ObjectNode event, ShopRandom random) {
        BigDecimal sum = BigDecimal.ZERO;
        if (!random.chance(0.05)) {
            ArrayNode items = event.putArray("items");
            for (int i = random.between(1, 4); i > 0; i--) {
                sum = sum.add(item(items.addObject(), random));
            }
        }
        BigDecimal shipping = random.chance(0.3) ? BigDecimal.ZERO : price(random, 10);
        BigDecimal discount = random.chance(0.1) ? price(random, 5) : BigDecimal.ZERO;
        amount(event, "amount", sum.add(shipping).subtract(discount), random);
        event.put("orderId", "order-" + Long.toHexString(random.bits()));
        event.put("currency", random.pick(CURRENCIES));
    }

    private static BigDecimal item(ObjectNode item, ShopRandom random) {
        int quantity = random.chance(0.8) ? 1 : random.between(2, 12);
        BigDecimal price = price(random, 80);
        item.put("productId", random.between(1, 300));
        if (random.chance(0.95)) {
            item.put("category", random.pick(CATEGORIES));
        }
        if (quantity > 1 || random.chance(0.5)) {
            item.put("quantity", quantity);
        }
        amount(item, "price", price, random);
        return price.multiply(BigDecimal.valueOf(quantity));
    }

    private static BigDecimal price(ShopRandom random, int most) {
        return BigDecimal.valueOf(random.between(1, most * 100), 2);
    }

    private static void amount(ObjectNode event, String name, BigDecimal amount, ShopRandom random) {
        if (random.chance(0.5)) {
            event.put(name, amount.toPlainString());
        } else {
            event.put(name, amount);
        }
    }
}
