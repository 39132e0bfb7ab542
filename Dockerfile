# The worker as an image. Build: docker build -t k8s-incident-agent .
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -DskipTests package -pl worker -am

FROM eclipse-temurin:17.0.19_10-jre-noble
RUN groupadd --gid 10001 incident \
  && useradd --uid 10001 --gid incident --no-create-home --shell /usr/sbin/nologin incident \
  && install -d -o incident -g incident -m 0700 /var/lib/incident
COPY --from=build /src/worker/target/lib /app/lib
COPY --from=build /src/worker/target/worker.jar /app/worker.jar
USER incident
WORKDIR /var/lib/incident
ENV INCIDENT_RUNS=/var/lib/incident/runs \
    INCIDENT_READY_FILE=/tmp/worker-ready
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=6 CMD ["test", "-f", "/tmp/worker-ready"]
ENTRYPOINT ["java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", \
  "-cp", "/app/worker.jar:/app/lib/*", "io.k8sincident.worker.WorkerApplication"]
