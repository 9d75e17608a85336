FROM eclipse-temurin:25-jdk-noble AS build
# The image has nothing to download Maven with.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN ./mvnw -B -q dependency:go-offline
COPY src/main src/main
COPY src/launcher src/launcher
# Of SQLite's native libraries, that of this platform.
RUN ./mvnw -B -q -DskipTests "-Dsqlite.natives=org/sqlite/native/Linux/$(uname -m)/*" package

FROM eclipse-temurin:25-jre-noble
RUN groupadd --gid 10001 nectar \
    && useradd --uid 10001 --gid nectar --home-dir /data --no-create-home --shell /usr/sbin/nologin nectar \
    && install -d -o nectar -g nectar /data
COPY --from=build /build/target/nectar.jar /opt/nectar/

# A start and some requests ahead of time, whose loaded and linked classes every later start maps
# into memory. They fit this JVM, this class path and these options alone, so that is done here.
# Heaps of 32 GB and more have wider pointers, on which they don't fit either.
COPY --from=build /build/src/launcher/class-cache.sh /tmp/
RUN bash /tmp/class-cache.sh /opt/nectar/nectar.jar /opt/nectar/nectar.aot \
        -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    && rm -rf /tmp/*

# Without a bound, the C library keeps for each thread what the compilers have given back.
ENV MALLOC_ARENA_MAX=2 \
    CACHE_DIR=/data/image_file_cache \
    KV_FILE=/data/image_cache.db \
    LEDGER_FILE=/data/ledger.db
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8080
# The image has neither curl nor wget; bash opens connections itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/${ADDRESS:-127.0.0.1}/${PORT:-8080} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 _ status _ <&3 && [ \"$status\" = 200 ]"]
# Native access: SQLite is a native library. The heap follows the container's limit, or the machine's
# memory; where that makes it 32 GB and more, the start is a slower one, which is no error to report.
# It begins small and grows with what is asked of it. Little lives long in it, and images never get
# there: the collector that takes the least memory has little to do.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/nectar/nectar.aot", "--enable-native-access=ALL-UNNAMED", \
    "-Xlog:aot=off", "-XX:+UseSerialGC", "-Xms24m", "-XX:MaxRAMPercentage=60", \
    "-XX:TrimNativeHeapInterval=5000", "-XX:+ExitOnOutOfMemoryError", \
    "-jar", "/opt/nectar/nectar.jar"]
