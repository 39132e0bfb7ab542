package io.k8sincident.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    @Test
    void givesBackTheSameSnapshot() throws JsonProcessingException {
        byte[] bytes = Snapshots.toBytes(snapshot("{\"kind\":\"Pod\",\"n\":9007199254740993,\"q\":1.10}"));

        assertThat(Snapshots.toBytes(Snapshots.fromBytes(bytes))).isEqualTo(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("9007199254740993");
    }

    @Test
    void hasTheSameBytesWhateverTheOrderOfFields() throws JsonProcessingException {
        assertThat(Snapshots.toBytes(snapshot("{\"kind\":\"Pod\",\"a\":{\"c\":1,\"b\":2}}")))
                .isEqualTo(Snapshots.toBytes(snapshot("{\"a\":{\"b\":2,\"c\":1},\"kind\":\"Pod\"}")));
    }

    @Test
    void refusesWhatIsNoSnapshot() {
        assertThatThrownBy(() -> Snapshots.fromBytes("[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Snapshot snapshot(String object) throws JsonProcessingException {
        return new Snapshot(
                "test/demo",
                Instant.parse("2026-01-01T00:00:00.123456Z"),
                List.of(Resource.of(new ObjectMapper().readTree(object))),
                List.of(new ContainerLog("demo", "p", "c", true, "log", null)),
                List.of(new Gap("Event", "events in demo", "403 Forbidden", "kubectl get events")));
    }
}
