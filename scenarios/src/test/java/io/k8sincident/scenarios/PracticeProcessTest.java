package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster as a process of its own. */
class PracticeProcessTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void saysWhenItIsReadyAndEndsWithItsParent() throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        Process process = start("--kubeconfig", kubeconfig.toString(), "--exit-with-parent");

        String line = firstLine(process);

        assertThat(line).startsWith("practice cluster ready http://127.0.0.1:").endsWith("kubeconfig " + kubeconfig);
        assertThat(Files.readString(kubeconfig)).contains("current-context: practice", "namespace: demo");
        assertThat(new ApiClient(URI.create(line.split(" ", 5)[3]))
                        .get("/version")
                        .status())
                .isEqualTo(200);
        process.getOutputStream().close();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void endsOnSigterm() throws Exception {
        Process process = start();
        firstLine(process);

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aWrongArgumentIsAUsageErrorAndStartsNothing() throws Exception {
        Process process = start("--prot", "0");

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("unknown argument --prot", "Nothing was started");
    }

    @Test
    void anAbsurdTimeScaleIsRefused() {
        assertThatThrownBy(() -> PracticeOptions.parse("--time-scale", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--time-scale must be above 0");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                PracticeCluster.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }
}
