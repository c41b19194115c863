/** {@code millrace fault}: something breaks under load on real servers, and the result is compared, row by row. */
package io.millrace.cli.fault;
