package io.k8sincident.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedOptionsTest {
    @Test
    void usesTemporalsUsualPortAndOutlivesItsParentByDefault() {
        assertThat(EmbeddedOptions.parse()).isEqualTo(new EmbeddedOptions(7233, null, false, false));
    }

    @Test
    void readsAllArguments() {
        assertThat(EmbeddedOptions.parse("--exit-with-parent", "--port", "0", "--ready-file", "/tmp/ready"))
                .isEqualTo(new EmbeddedOptions(0, Path.of("/tmp/ready"), true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot 1", "--port", "--port x", "--port 65536", "--port -1", "--ready-file"})
    void namesTheArgumentThatItDoesNotTake(String line) {
        String[] arguments = line.split(" ", -1);

        assertThatThrownBy(() -> EmbeddedOptions.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(arguments[0]);
    }
}
