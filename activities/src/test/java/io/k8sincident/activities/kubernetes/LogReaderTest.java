package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FaultRow("log of any size, line of any length")
class LogReaderTest {
    private static final LogRequest REQUEST = new LogRequest("demo", "crashy-5d9c7b6f4-x2x9z", "app", false, false);

    @TempDir
    Path directory = Path.of(".");

    @Test
    void readsAMegabyteAtMostOfALineOfAGigabyte() throws IOException {
        AtomicLong sent = new AtomicLong();
        long before = used();

        LogReading reading = read(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[65_536];
            Arrays.fill(part, (byte) 'a');
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 16_384; i++) {
                    out.write(part);
                    sent.addAndGet(part.length);
                }
            }
        });

        assertThat(reading.logs().get(0).text().length()).isLessThanOrEqualTo(ContainerLog.LONGEST_BYTES);
        assertThat(reading.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.why()).contains("the end is missing"));
        assertThat(sent.get()).isLessThan(64L * 1024 * 1024);
        assertThat(used() - before).isLessThan(64L * 1024 * 1024);
    }

    @Test
    void keepsTheEndOfALongLogFromTheStartOfALine() throws IOException {
        String line = "line %06d of a log that is longer than what is kept\n";
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            log.append(line.formatted(i));
        }

        String text =
                read(FakeApiServer.json(200, log.toString())).logs().get(0).text();

        assertThat(text).startsWith("line ").endsWith(line.formatted(4_999));
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60_000, ContainerLog.LONGEST_BYTES);
    }

    @Test
    void makesHostileBytesHarmless() throws IOException {
        byte[] hostile = {'o', 'k', ' ', (byte) 0xff, 0, 0x1b, '[', '3', '1', 'm', (byte) 0xe2, (byte) 0x80, (byte) 0xae
        };

        String text = read(exchange -> {
                    exchange.sendResponseHeaders(200, hostile.length);
                    exchange.getResponseBody().write(hostile);
                })
                .logs()
                .get(0)
                .text();

        assertThat(text).isEqualTo("ok \ufffd\\u0000\\u202e");
    }

    @Test
    void takesARefusalForAnAnswer() throws IOException {
        LogReading reading = read(FakeApiServer.status(400, "BadRequest", "container app is waiting to start"));

        assertThat(reading.logs().get(0).error()).isEqualTo("400 BadRequest: container app is waiting to start");
        assertThat(reading.gaps()).isEmpty();
    }

    @Test
    void acceptsAnEmptyLog() throws IOException {
        LogReading reading = read(FakeApiServer.json(200, ""));

        assertThat(reading.logs().get(0).error()).isNull();
        assertThat(reading.logs().get(0).text()).isEmpty();
    }

    private LogReading read(FakeApiServer.Answer answer) throws IOException {
        try (FakeApiServer server = new FakeApiServer().on(Crashy.LOG, answer);
                KubernetesConnection connection = server.connect(directory)) {
            return new LogReader(connection.reader()).read(REQUEST).join();
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
