package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Texts that are wrong, or only unusual, in a place or two. */
public final class Mutations {

    private static final String PIECES =
            "\"|\\|{|}|[|]|,|:|0|-|9|.|e|+| |\n|\\u0041|\\/|\\n|null|true|NaN|Z|\u00e9|\u4e2d|\uD83D\uDE00|\0";

    private final Random random;

    /** Makes some that are the same for the same seed. */
    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** Returns so many of a text. */
    public Stream<byte[]> of(String text, int count) {
        return Stream.generate(() -> mutated(text.getBytes(UTF_8))).limit(count);
    }

    private byte[] mutated(byte[] text) {
        byte[] mutated = text;
        for (int times = 1 + random.nextInt(2); times > 0 && mutated.length > 0; times--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private byte[] once(byte[] text) {
        int at = random.nextInt(text.length);
        int end = Math.min(text.length, at + 1 + random.nextInt(6));
        return switch (random.nextInt(5)) {
            case 0 -> joined(text, at, new byte[0], end);
            case 1 -> joined(text, at, piece(), at);
            case 2 -> joined(text, at, piece(), at + 1);
            case 3 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            default -> joined(text, end, Arrays.copyOfRange(text, at, end), end);
        };
    }

    private byte[] piece() {
        String[] pieces = PIECES.split("\\|", -1);
        return pieces[random.nextInt(pieces.length)].getBytes(UTF_8);
    }

    private static byte[] joined(byte[] text, int from, byte[] between, int to) {
        byte[] joined = new byte[from + between.length + text.length - to];
        System.arraycopy(text, 0, joined, 0, from);
        System.arraycopy(between, 0, joined, from, between.length);
        System.arraycopy(text, to, joined, from + between.length, text.length - to);
        return joined;
    }
}
