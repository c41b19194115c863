package io.millrace.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** The number of every port of one local run. Immutable. */
public final class Ports {

    private static final int HIGHEST = 65_535;

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /** Returns the standard ports, which people's own tools expect. */
    public static Ports standard() {
        return standard(0);
    }

    /**
     * Returns the standard ports moved up by an offset.
     *
     * @param offset added to every port, the inner ones too
     * @throws IllegalArgumentException if a port would leave 1 to 65535
     */
    public static Ports standard(int offset) {
        for (Port port : Port.values()) {
            int moved = port.standard() + offset;
            if (moved < 1 || moved > HIGHEST) {
                throw new IllegalArgumentException("The port offset " + offset + " moves the port of " + port.label()
                        + " to " + moved + "; it must stay between 1 and " + HIGHEST);
            }
        }
        return of(port -> port.standard() + offset);
    }

    /** Returns ports that nobody listens on at this moment and that no other caller gets, for tests and faults. */
    public static Ports free() {
        PortRange range = PortRange.reserve(Ports::isTaken);
        AtomicInteger next = new AtomicInteger();
        return of(port -> range.get(next.getAndIncrement()));
    }

    /** Returns one port that nobody listens on at this moment and that no other caller gets, for tests and faults. */
    public static int freeOne() {
        return PortRange.reserve(Ports::isTaken).get(0);
    }

    static Ports of(ToIntFunction<Port> number) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, number.applyAsInt(port));
        }
        return new Ports(numbers);
    }

    /** Returns the number of a port. */
    public int get(Port port) {
        Integer number = numbers.get(port);
        if (number == null) {
            throw new IllegalStateException("No number for " + port);
        }
        return number;
    }

    /** Returns every port with its number. */
    public Map<Port, Integer> asMap() {
        return Collections.unmodifiableMap(numbers);
    }

    /** Returns those of the given ports on which something listens already. */
    public List<Port> taken(Collection<Port> wanted) {
        List<Port> taken = new ArrayList<>();
        for (Port port : wanted) {
            if (isTaken(get(port))) {
                taken.add(port);
            }
        }
        return taken;
    }

    private static boolean isTaken(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ports that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        return numbers.toString();
    }
}
