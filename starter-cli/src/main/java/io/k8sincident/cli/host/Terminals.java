package io.k8sincident.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which of the three streams are terminals. A person can be asked only if all they need to see and type is. */
public record Terminals(boolean in, boolean out, boolean err) {
    /** Set by the launcher to the streams that are terminals, such as {@code in,err}: Java cannot tell them apart. */
    public static final String PROPERTY = "incident.tty";

    public static Terminals none() {
        return new Terminals(false, false, false);
    }

    static Terminals ofProcess() {
        String told = System.getProperty(PROPERTY);
        if (told == null) {
            return new Terminals(device(0), device(1), device(2));
        }
        List<String> streams = List.of(told.split(",", -1));
        return new Terminals(streams.contains("in"), streams.contains("out"), streams.contains("err"));
    }

    /** What Linux says of an open file of this process; elsewhere only the launcher knows. */
    private static boolean device(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether a question can be asked and answered. */
    public boolean canAsk() {
        return in && err;
    }
}
