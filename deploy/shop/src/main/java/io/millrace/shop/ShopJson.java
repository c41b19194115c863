package io.millrace.shop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** JSON documents that a shop keeps in its columns. */
final class ShopJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private ShopJson() {}

    /** Returns an object with text, numbers, nesting and null; its field names are few, so that indexes stay small. */
    static String attributes(ShopRandom random) {
        ObjectNode object = JSON.objectNode();
        object.put("colour", ShopText.line(random));
        object.put("height", random.between(0, 5_000));
        object.put("ratio", BigDecimal.valueOf(random.longBetween(0, 1_000_000), 4));
        if (random.chance(0.5)) {
            object.putObject("maker").put("name", ShopText.line(random)).putNull("since");
        }
        if (random.chance(0.3)) {
            object.putArray("notes").add(ShopText.line(random)).add(ShopText.line(random));
        }
        return object.toString();
    }

    static String items(ShopRandom random) {
        ArrayNode items = JSON.arrayNode();
        for (int i = random.between(0, 4); i > 0; i--) {
            items.addObject()
                    .put("sku", ShopText.sku(random))
                    .put("quantity", random.between(1, 9))
                    .put("price", BigDecimal.valueOf(random.longBetween(1, 99_999), 2));
        }
        return items.toString();
    }
}
