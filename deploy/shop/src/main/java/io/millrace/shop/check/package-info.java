/**
 * Whether a target holds what its source holds. The expected rows are read from Postgres by SQL, and nothing here
 * shares code with the jobs: no parser, no version arithmetic, no window.
 */
package io.millrace.shop.check;
