package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedActionsTest {
    @TempDir
    private Path folder;

    private final List<Gap> gaps = new ArrayList<>();

    private List<Resource> read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("actions.json"), json);
        return RecordedActions.read(file, gaps);
    }

    @Test
    void anEvictionIsAnObjectNamedAfterItsPod() throws IOException {
        List<Resource> evictions = read("""
                [{"request": "POST /api/v1/namespaces/demo/pods/db-0/eviction", "status": 429,
                  "body": {"kind": "Status", "message": "Cannot evict pod"}}]""");

        assertThat(evictions).hasSize(1);
        assertThat(evictions.get(0).kindName()).isEqualTo("Eviction/db-0");
        assertThat(evictions.get(0).fields().number("status", "code")).hasValue(429);
    }

    @Test
    void otherRequestsAreNoEvictions() throws IOException {
        assertThat(read("[{\"request\": \"DELETE /api/v1/namespaces/demo/pods/db-0\"}, 7, null]"))
                .isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsAGap() throws IOException {
        assertThat(read("[{")).isEmpty();
        assertThat(gaps).hasSize(1);
    }
}
