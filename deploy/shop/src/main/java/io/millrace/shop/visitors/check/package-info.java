/**
 * Whether the results of the analytics are what the raw topics come to. All is read to the end, and counted again the naive
 * way, by sorting and grouping: nothing here shares code with the job, no parser and no window.
 */
package io.millrace.shop.visitors.check;
