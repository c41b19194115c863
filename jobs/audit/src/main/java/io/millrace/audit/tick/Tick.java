package io.millrace.audit.tick;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Says of a partition that it exists, and how late it is.
 *
 * @param time of the clock that ticked, in milliseconds since 1970
 */
@TypeInfo(TickTypeInfo.Factory.class)
public record Tick(int partition, long time) {}
