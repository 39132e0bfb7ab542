package io.k8sincident.activities.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Java process of its own with the class path of the test, small and quick to start. */
public final class TestJvm {
    private TestJvm() {}

    /** Ready to start; its errors are discarded. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
