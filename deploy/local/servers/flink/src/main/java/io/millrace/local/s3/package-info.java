/** What goes into the folder of Flink's plugin for S3, beside it. */
package io.millrace.local.s3;
