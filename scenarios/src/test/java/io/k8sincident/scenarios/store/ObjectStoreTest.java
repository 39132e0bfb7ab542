package io.k8sincident.scenarios.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.status.StatusException;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
    private static final ObjectKey KEY = new ObjectKey(Catalog.CONFIG_MAPS, "demo", "settings");
    private final ObjectStore store = new ObjectStore();

    @Test
    void everyWriteGetsAHigherVersion() {
        store.write(KEY, before -> settings("a"));
        String first = Meta.resourceVersion(store.get(KEY).orElseThrow());

        store.write(KEY, before -> settings("b"));

        assertThat(Long.parseLong(Meta.resourceVersion(store.get(KEY).orElseThrow())))
                .isGreaterThan(Long.parseLong(first));
    }

    @Test
    void anEqualWriteMakesNoVersion() {
        store.write(KEY, before -> settings("a"));
        long version = store.version();

        store.write(KEY, before -> before == null ? null : before.deepCopy());

        assertThat(store.version()).isEqualTo(version);
    }

    @Test
    void aPreviewStoresNothing() {
        long version = store.version();

        store.preview(KEY, before -> settings("a"));

        assertThat(store.get(KEY)).isEmpty();
        assertThat(store.version()).isEqualTo(version);
    }

    @Test
    void aRefusedChangeStoresNothing() {
        store.write(KEY, before -> settings("a"));

        assertThatThrownBy(() -> store.write(KEY, before -> {
                    throw StatusException.modified(Catalog.CONFIG_MAPS, "settings");
                }))
                .isInstanceOf(StatusException.class);

        assertThat(Json.text(store.get(KEY).orElseThrow(), "data", "key")).isEqualTo("a");
    }

    @Test
    void theChangeLogTellsCreationChangeAndDeletionInOrder() {
        long start = store.version();
        store.write(KEY, before -> settings("a"));
        store.write(KEY, before -> settings("b"));
        store.write(KEY, before -> null);

        assertThat(store.eventsAfter(start))
                .extracting(event ->
                        event.before().isPresent() + ">" + event.after().isPresent())
                .containsExactly("false>true", "true>true", "true>false");
    }

    @Test
    void aForgottenVersionIsGone() {
        long start = store.version();
        for (int i = 0; i <= ObjectStore.HISTORY; i++) {
            String value = Integer.toString(i);
            store.write(KEY, before -> settings(value));
        }

        assertThatThrownBy(() -> store.eventsAfter(start))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.code()).isEqualTo(410));
    }

    @Test
    void aListHoldsOnlyItsNamespace() {
        store.write(KEY, before -> settings("a"));
        store.write(new ObjectKey(Catalog.CONFIG_MAPS, "demo2", "settings"), before -> settings("b"));
        store.write(new ObjectKey(Catalog.SECRETS, "demo", "settings"), before -> settings("c"));

        assertThat(store.list(Catalog.CONFIG_MAPS, "demo").items()).hasSize(1);
        assertThat(store.list(Catalog.CONFIG_MAPS, "").items()).hasSize(2);
    }

    private static ObjectNode settings(String value) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", "settings").put("namespace", "demo");
        object.putObject("data").put("key", value);
        return object;
    }
}
