package io.k8sincident.scenarios.shell;

import java.util.Map;
import java.util.Set;

/** Which programs an image has: busybox's, under /bin and on the path, and its own. */
public final class Programs {
    private static final Set<String> BUSYBOX = Set.of(
            "sh", "ash", "echo", "printf", "sleep", "true", "false", "[", "test", "touch", "rm", "cat", "tail", "dd",
            "httpd");

    private Programs() {}

    /** Whether a container's command names a program. {@code own} are the image's own, by name. */
    public static boolean exists(String program, Map<String, String> own) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        String directory = program.substring(0, program.length() - name.length());
        boolean reachable = directory.isEmpty() || directory.equals("/bin/") || directory.equals("/usr/bin/");
        return own.containsKey(name) || (reachable && (BUSYBOX.contains(name) || Applets.SILENT.contains(name)));
    }
}
