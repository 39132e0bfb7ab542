package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An API server may compress what it answers; what it says stays the same, and stays bounded. */
class CompressedReadingTest extends CrashyCluster {
    private static final String PODS = "{\"items\":[" + Crashy.pod() + "]}";

    CompressedReadingTest() throws IOException {}

    @Test
    void readsACompressedList() throws IOException {
        server.on(Crashy.PODS, gzip(compressed(PODS.getBytes(StandardCharsets.UTF_8))));

        Snapshot snapshot = take();

        assertThat(snapshot.gaps()).isEmpty();
        assertThat(snapshot.all("Pod")).hasSize(1);
    }

    @Test
    void labelsWhatIsCutShort() throws IOException {
        byte[] whole = compressed(PODS.getBytes(StandardCharsets.UTF_8));
        server.on(Crashy.PODS, gzip(Arrays.copyOf(whole, whole.length / 2)));

        assertThat(gap(take(), "Pod").why()).contains("compressed answer cannot be read");
    }

    @Test
    void givesUpWhatUnpacksToMoreThanAnyPageHas() throws IOException {
        server.on(Crashy.PODS, gzip(compressed(new byte[BodyTail.LARGEST_PAGE + 1])));

        assertThat(gap(take(), "Pod").why()).contains("longer than");
    }

    @Test
    void asksForLogsAsTheyAreSoThatTheirEndCanBeKept() throws IOException {
        Snapshot unused = take();

        assertThat(server.requests())
                .filteredOn(request -> request.path().endsWith("/log"))
                .isNotEmpty()
                .allMatch(request -> request.encoding().equals("identity"));
        assertThat(server.requests())
                .filteredOn(request -> request.path().equals(Crashy.PODS))
                .allMatch(request -> request.encoding().equals("gzip"));
    }

    private static FakeApiServer.Answer gzip(byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
