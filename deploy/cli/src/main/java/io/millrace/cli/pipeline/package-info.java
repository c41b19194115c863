/** The shop's pipeline on servers of its own: what {@code demo} shows and {@code fault} strikes. */
package io.millrace.cli.pipeline;
