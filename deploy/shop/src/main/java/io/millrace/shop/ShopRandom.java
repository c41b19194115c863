package io.millrace.shop;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded randomness: the same seed plays the same choices. Not for several threads. */
public final class ShopRandom {

    private final SplittableRandom random;

    public ShopRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns a number of low to high, both included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    public long longBetween(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    public long bits() {
        return random.nextLong();
    }

    public double fraction() {
        return random.nextDouble();
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
