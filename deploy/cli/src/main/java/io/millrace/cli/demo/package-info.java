/** {@code millrace demo}: the whole thing on one machine, with a shop that keeps it busy and checks that end it. */
package io.millrace.cli.demo;
