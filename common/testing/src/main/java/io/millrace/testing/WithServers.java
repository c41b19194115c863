package io.millrace.testing;

import io.millrace.local.Server;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class real servers, on free ports and on loopback.
 *
 * <p>All test classes of a JVM share one set: a server starts with the first class that names it and stops with the JVM,
 * also when that is killed. A class finds what earlier classes left in a server, so it uses names of its own. A process
 * that an earlier class killed runs again.
 *
 * <p>Constructors and methods may take an {@link io.millrace.local.Addresses} or a
 * {@link io.millrace.local.LocalServers}.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServersExtension.class)
public @interface WithServers {

    /** Returns the servers that the class needs. */
    Server[] value();
}
