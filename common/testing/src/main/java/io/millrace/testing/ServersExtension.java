package io.millrace.testing;

import io.millrace.local.Addresses;
import io.millrace.local.LocalServers;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts what {@link WithServers} names and hands it to the test. */
final class ServersExtension implements BeforeAllCallback, ParameterResolver {

    /** Of whoever waits for a server and does not say for how long: the usual 10 s are few where the machine is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
        printFirst();
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithServers.class)
                .ifPresent(wanted -> shared(context).start(Set.of(wanted.value())));
    }

    /**
     * Whoever prints first lets Surefire find a class by the class loader of that thread. If it were one of Flink's, of a
     * job that is over, that would fail, and so would all that is printed after it.
     */
    private static void printFirst() {
        System.out.print("");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Addresses.class || type == LocalServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalServers servers = shared(context).servers();
        return parameter.getParameter().getType() == Addresses.class ? servers.addresses() : servers;
    }

    private static SharedServers shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ServersExtension.class))
                .getOrComputeIfAbsent(SharedServers.class, type -> SharedServers.open(), SharedServers.class);
    }
}
