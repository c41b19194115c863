/** JSON of which there is one form only, so that it can be signed. */
package io.millrace.archive.json;
