package io.millrace.shop;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;

/** Values of every type but text, in the text form that Postgres reads. */
final class ShopValues {

    private static final long FIRST_DAY = LocalDate.of(1901, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(2100, 12, 31).toEpochDay();
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final List<String> STATUS = List.of("pending", "paid", "shipped", "returned", "cancelled");

    private ShopValues() {}

    static String bool(ShopRandom random) {
        return Boolean.toString(random.chance(0.8));
    }

    static String integer(ShopRandom random) {
        return Integer.toString(random.chance(0.01) ? Integer.MIN_VALUE : random.between(0, 100_000));
    }

    static String smallInteger(ShopRandom random) {
        return Integer.toString(random.between(Short.MIN_VALUE, Short.MAX_VALUE));
    }

    static String real(ShopRandom random) {
        return Float.toString((float) (random.fraction() * 1_000));
    }

    static String doublePrecision(ShopRandom random) {
        return Double.toString(random.fraction() * 1e6 - 5e5);
    }

    static String price(ShopRandom random) {
        return BigDecimal.valueOf(random.longBetween(0, 9_999_999_999L), 2).toPlainString();
    }

    static String percent(ShopRandom random) {
        return BigDecimal.valueOf(random.longBetween(0, 10_000), 2).toPlainString();
    }

    /** Returns a number that no binary floating point type holds exactly. */
    static String number(ShopRandom random) {
        BigInteger digits = new BigInteger(1, random.bytes(random.between(1, 12)));
        return new BigDecimal(digits, random.between(0, 18)).toPlainString();
    }

    static String date(ShopRandom random) {
        return day(random).toString();
    }

    static String time(ShopRandom random) {
        return LocalTime.ofNanoOfDay(random.longBetween(0, MICROS_A_DAY - 1) * 1_000)
                .toString();
    }

    static String instant(ShopRandom random) {
        return moment(random).toInstant(ZoneOffset.UTC).toString();
    }

    static String localTime(ShopRandom random) {
        return moment(random).toString();
    }

    static String localTimeInMillis(ShopRandom random) {
        return moment(random).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String uuid(ShopRandom random) {
        return new UUID(random.bits(), random.bits()).toString();
    }

    static String address(ShopRandom random) {
        return "10." + random.between(0, 255) + "." + random.between(0, 255) + "." + random.between(1, 254);
    }

    static String status(ShopRandom random) {
        return random.pick(STATUS);
    }

    static String bytes(ShopRandom random) {
        return "\\x" + HexFormat.of().formatHex(random.bytes(random.between(0, 200)));
    }

    static String textArray(ShopRandom random) {
        StringJoiner array = new StringJoiner(",", "{", "}");
        for (int i = random.between(0, 5); i > 0; i--) {
            array.add(random.chance(0.05) ? "NULL" : quoted(ShopText.line(random)));
        }
        return array.toString();
    }

    static String integerArray(ShopRandom random) {
        StringJoiner array = new StringJoiner(",", "{", "}");
        for (int i = random.between(0, 5); i > 0; i--) {
            array.add(integer(random));
        }
        return array.toString();
    }

    static String attributes(ShopRandom random) {
        return ShopJson.attributes(random);
    }

    static String items(ShopRandom random) {
        return ShopJson.items(random);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static LocalDate day(ShopRandom random) {
        return LocalDate.ofEpochDay(random.longBetween(FIRST_DAY, LAST_DAY));
    }

    private static LocalDateTime moment(ShopRandom random) {
        long micros = random.longBetween(0, MICROS_A_DAY - 1);
        return LocalDateTime.ofInstant(
                Instant.EPOCH.plus(day(random).toEpochDay(), ChronoUnit.DAYS).plus(micros, ChronoUnit.MICROS),
                ZoneOffset.UTC);
    }
}
