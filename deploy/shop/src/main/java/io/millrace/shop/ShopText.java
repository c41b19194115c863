package io.millrace.shop;

import java.util.List;

/** Text as people and attackers type it. */
final class ShopText {

    private static final List<String> WORDS = List.of(
            "amber", "birch", "copper", "dune", "ember", "fjord", "granite", "harbor", "iris", "juniper", "kelp",
            "linen", "maple", "north", "olive", "pebble", "quartz", "river", "slate", "thistle", "umber", "velvet",
            "willow", "yarrow");

    private static final List<String> AWKWARD = List.of(
            "",
            " ",
            "null",
            "O'Brien \"the\" quote",
            "line\r\nbreak\ttab",
            "../../etc/passwd",
            "{}",
            "{id}",
            "a:b:c",
            "user:1\r\nDEL user:2\r\n",
            "\"; DROP TABLE users; --",
            "back\\slash \\u0041",
            "žluťoučký kůň 漢字 🛒👩‍👩‍👧",
            "\u202Eright to left\u202C",
            "<script>alert(1)</script>",
            "*?[]^%#&=+ /",
            "\u0001\u001f\u007f",
            "__debezium_unavailable_value_",
            "1e400");

    private ShopText() {}

    static String line(ShopRandom random) {
        return random.chance(0.1) ? random.pick(AWKWARD) : words(random, random.between(1, 5));
    }

    static String email(ShopRandom random) {
        return random.pick(WORDS) + "." + random.between(1, 99_999) + "@example.org";
    }

    static String initials(ShopRandom random) {
        return random.pick(WORDS).substring(0, random.between(1, 3));
    }

    static String sku(ShopRandom random) {
        return random.pick(WORDS) + "-" + random.between(100, 999);
    }

    /** Returns 3 to 20 KB, most of them short. */
    static String bio(ShopRandom random) {
        double skew = random.fraction();
        int length = 3_000 + (int) (17_000 * skew * skew * skew);
        StringBuilder text = new StringBuilder(length + 32).append(line(random));
        while (text.length() < length) {
            text.append(' ').append(random.pick(WORDS));
        }
        return text.toString();
    }

    /** Returns the key of coupon n: every tenth holds what breaks a key template, a path or a protocol. */
    static String code(int number) {
        if (number % 10 != 0) {
            return "SAVE-" + number;
        }
        return AWKWARD.get(number / 10 % AWKWARD.size()) + "#" + number;
    }

    private static String words(ShopRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(random.pick(WORDS));
        }
        return text.toString();
    }
}
