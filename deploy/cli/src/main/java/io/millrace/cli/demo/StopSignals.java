package io.millrace.cli.demo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its kin. While the demo starts, the first one interrupts the start; while it runs, the first one ends
 * the run in good order; any further one is hard.
 */
final class StopSignals {

    private final Thread main = Thread.currentThread();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Runnable hard;
    private boolean running;

    /** Makes signals that interrupt the calling thread; {@code hard} must not return to the demo. */
    StopSignals(Runnable hard) {
        this.hard = hard;
    }

    /** Takes the signals over from the JVM, as far as it lets go of them. */
    void install(List<String> names) {
        names.forEach(this::install);
    }

    /** What a signal does. */
    synchronized void signal() {
        if (asked.getCount() == 0) {
            hard.run();
            return;
        }
        asked.countDown();
        if (!running) {
            main.interrupt();
        }
    }

    /** From now on the first signal ends the run instead of interrupting the start. */
    synchronized void startedUp() {
        running = true;
    }

    synchronized boolean isRunning() {
        return running;
    }

    boolean asked() {
        return asked.getCount() == 0;
    }

    /** Returns true as soon as a signal has asked to stop, or false when the time is over. */
    boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The JDK offers signals in a module whose classes the compiler warns about, so they are found by name. */
    private void install(String name) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                signal();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "stop signals of the demo";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // a JVM that keeps its signals to itself ends the demo hard; its shutdown hook still stops the servers
        }
    }
}
