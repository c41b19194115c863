package io.millrace.shop;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column that the workload fills.
 *
 * @param nullable whether the workload may set it to null
 * @param large whether the value is stored outside the row, so that most updates leave it alone
 * @param empty the text of an empty value, which is not null; null if the type has none
 * @param value makes a value in Postgres' own text form
 */
record ShopColumn(
        String name,
        boolean nullable,
        boolean large,
        @Nullable String empty,
        Function<ShopRandom, String> value) {

    static ShopColumn required(String name, Function<ShopRandom, String> value) {
        return new ShopColumn(name, false, false, null, value);
    }

    static ShopColumn optional(String name, Function<ShopRandom, String> value) {
        return new ShopColumn(name, true, false, null, value);
    }

    static ShopColumn large(String name, Function<ShopRandom, String> value) {
        return new ShopColumn(name, true, true, null, value);
    }

    ShopColumn orEmpty(String text) {
        return new ShopColumn(name, nullable, large, text, value);
    }

    @Nullable
    String next(ShopRandom random) {
        return nullable && random.chance(0.05) ? null : value.apply(random);
    }

    /** Returns nothing at all, or something empty: two values that pipelines like to confuse. */
    @Nullable
    String blank(ShopRandom random) {
        return random.chance(0.5) ? null : empty;
    }
}
