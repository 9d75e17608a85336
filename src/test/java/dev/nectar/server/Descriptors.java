package dev.nectar.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Files and sockets of this process, which has both ends of every connection in a test. */
final class Descriptors {

  private Descriptors() {}

  static long open() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }
}
