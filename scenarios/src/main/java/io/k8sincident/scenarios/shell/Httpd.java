package io.k8sincident.scenarios.shell;

import io.k8sincident.scenarios.shell.Interpreter.Forever;
import java.util.List;

/** busybox httpd: serves the files of a directory until it is stopped. */
final class Httpd {
    private static final String USAGE = """
            BusyBox v1.35.0 multi-call binary.

            Usage: httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]
            or httpd -d/-e/-m STRING

            Listen for incoming HTTP requests

            \t-i\t\tInetd mode
            \t-f\t\tRun in foreground
            \t-v[v]\t\tVerbose
            \t-p [IP:]PORT\tBind to IP:PORT (default *:80)
            \t-h HOME\t\tHome directory (default .)""";
    private static final int DEFAULT_PORT = 80;

    private Httpd() {}

    static int run(World world, List<String> arguments) {
        int port = DEFAULT_PORT;
        String root = "/";
        boolean foreground = false;
        boolean verbose = false;
        for (int i = 0; i < arguments.size(); i++) {
            String flag = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (flag) {
                case "-f" -> foreground = true;
                case "-v", "-vv" -> verbose = true;
                case "-fv", "-vf" -> {
                    foreground = true;
                    verbose = true;
                }
                case "-p" -> {
                    String number = value.substring(value.lastIndexOf(':') + 1);
                    if (!number.matches("[0-9]{1,5}")) {
                        world.print("httpd: invalid number '" + value + "'");
                        return 1;
                    }
                    port = Integer.parseInt(number);
                    i++;
                }
                case "-h" -> {
                    root = value;
                    i++;
                }
                default -> {
                    String kind = flag.startsWith("--")
                            ? "unrecognized option '" + flag + "'"
                            : "invalid option -- '" + flag.replaceFirst("^-", "") + "'";
                    world.print("httpd: " + kind);
                    world.print(USAGE);
                    return 1;
                }
            }
        }
        world.listen(port, root, verbose);
        if (foreground) {
            throw new Forever();
        }
        return 0;
    }
}
