/** Archives in stores that speak S3. */
package io.millrace.cli.objectstore;
