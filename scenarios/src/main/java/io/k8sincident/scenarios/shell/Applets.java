package io.k8sincident.scenarios.shell;

import io.k8sincident.scenarios.admission.Quantity;
import io.k8sincident.scenarios.shell.Interpreter.Exit;
import io.k8sincident.scenarios.shell.Interpreter.Forever;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/**
 * The programs of busybox that scenarios use, worded as busybox 1.35 words its messages. Programs that it has and whose
 * work is of no interest here succeed silently.
 */
final class Applets {
    /** Applets of busybox that may be named and do nothing here. */
    static final Set<String> SILENT = Set.of(
            "mkdir",
            "chmod",
            "chown",
            "sync",
            "date",
            "hostname",
            "id",
            "ls",
            "uname",
            "env",
            "ln",
            "cp",
            "mv",
            "kill",
            "wc",
            "grep",
            "sed",
            "awk",
            "head",
            "stat",
            "df",
            "free",
            "ps");

    private static final double ENDLESS = 86_400.0 * 3_650;

    private final World world;
    private final ToIntBiFunction<String, List<String>> shell;

    Applets(World world, ToIntBiFunction<String, List<String>> shell) {
        this.world = world;
        this.shell = shell;
    }

    /** Runs a command; returns its exit status. */
    int run(List<String> argv) {
        List<String> arguments = argv.subList(1, argv.size());
        String name = argv.get(0).substring(argv.get(0).lastIndexOf('/') + 1);
        if (world.program(argv.get(0)).isPresent()) {
            return shell.applyAsInt(world.program(argv.get(0)).get(), arguments);
        }
        return switch (name) {
            case "sh", "ash", "bash" -> sh(name, arguments);
            case "exec" -> {
                if (arguments.isEmpty()) {
                    yield 0;
                }
                throw new Exit(run(arguments), false);
            }
            case "exit" -> throw new Exit(arguments.isEmpty() ? world.status() : number(arguments.get(0)), false);
            case "echo" -> echo(arguments);
            case "printf" -> printf(arguments);
            case "sleep" -> sleep(arguments);
            case ":", "true" -> 0;
            case "false" -> 1;
            case "[", "test" -> Test.holds(world, arguments) ? 0 : 1;
            case "set" -> set(arguments);
            case "export" -> export(arguments);
            case "cd", "umask", "unset", "shift" -> 0;
            case "trap" -> trap(arguments);
            case "wait" -> {
                if (world.hasBackgroundJob()) {
                    throw new Forever();
                }
                yield 0;
            }
            case "touch" -> {
                arguments.forEach(path -> world.write(path, world.read(path).orElse("")));
                yield 0;
            }
            case "rm" -> {
                arguments.forEach(world::remove);
                yield 0;
            }
            case "cat" -> cat(arguments);
            case "tail" -> tail(arguments);
            case "dd" -> dd(arguments);
            case "httpd" -> Httpd.run(world, arguments);
            case "hold-memory" -> {
                world.hold(Quantity.units(arguments.isEmpty() ? "0" : arguments.get(0)));
                yield 0;
            }
            default -> unknown(argv.get(0), name);
        };
    }

    private int unknown(String typed, String name) {
        if (SILENT.contains(name)) {
            return 0;
        }
        if (world.read(typed).isPresent()) {
            world.print("sh: " + typed + ": Permission denied");
            return 126;
        }
        world.print("sh: " + typed + ": not found");
        return 127;
    }

    private int sh(String name, List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).matches("-[eux]+")) {
            world.exitOnError(arguments.get(at).contains("e") || world.exitsOnError());
            at++;
        }
        if (at < arguments.size() && arguments.get(at).matches("-[eux]*c")) {
            world.exitOnError(arguments.get(at).contains("e") || world.exitsOnError());
            if (at + 1 >= arguments.size()) {
                world.print(name + ": -c requires an argument");
                return 2;
            }
            int first = Math.min(at + 3, arguments.size()); // after the script comes $0
            return shell.applyAsInt(arguments.get(at + 1), arguments.subList(first, arguments.size()));
        }
        if (at >= arguments.size()) {
            return 0; // no terminal: the input is at its end
        }
        if (arguments.get(at).startsWith("-")) {
            world.print(name + ": illegal option " + arguments.get(at).substring(0, 2));
            return 2;
        }
        world.print(name + ": can't open '" + arguments.get(at) + "': No such file or directory");
        return 2;
    }

    private int echo(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        while (!words.isEmpty() && words.get(0).matches("-[neE]+")) {
            words.remove(0);
        }
        world.print(String.join(" ", words));
        return 0;
    }

    private int printf(List<String> arguments) {
        String text = arguments.isEmpty() ? "" : arguments.get(0);
        for (String value : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
            int place = Math.max(text.indexOf("%s"), text.indexOf("%d"));
            text = place < 0 ? text : text.substring(0, place) + value + text.substring(place + 2);
        }
        world.print(text.replaceAll("\\\\n$", "").replace("\\n", "\n"));
        return 0;
    }

    private int sleep(List<String> arguments) {
        String text = arguments.isEmpty() ? "" : arguments.get(0);
        if (text.equals("infinity") || text.equals("inf")) {
            throw new Forever();
        }
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?[smhd]?")) {
            world.print("sleep: invalid number '" + text + "'");
            return 1;
        }
        char unit = text.charAt(text.length() - 1);
        double factor = unit == 'm' ? 60 : unit == 'h' ? 3_600 : unit == 'd' ? 86_400 : 1;
        world.sleep(Double.parseDouble(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1)) * factor);
        if (world.now() > ENDLESS) {
            throw new Forever();
        }
        return 0;
    }

    private int set(List<String> arguments) {
        for (String flag : arguments) {
            if (flag.matches("-[a-z]*e[a-z]*")) {
                world.exitOnError(true);
            }
        }
        return 0;
    }

    private int export(List<String> arguments) {
        for (String assignment : arguments) {
            String[] sides = assignment.split("=", 2);
            if (sides.length == 2) {
                world.assign(sides[0], sides[1]);
            }
        }
        return 0;
    }

    private int trap(List<String> arguments) {
        if (arguments.contains("TERM") || arguments.contains("15") || arguments.contains("SIGTERM")) {
            world.handleTerm();
        }
        return 0;
    }

    private int cat(List<String> paths) {
        int status = 0;
        for (String path : paths) {
            if (world.read(path).isPresent()) {
                world.print(world.read(path).get());
            } else {
                world.print("cat: can't open '" + path + "': No such file or directory");
                status = 1;
            }
        }
        return status;
    }

    private int tail(List<String> arguments) {
        if (arguments.contains("/dev/zero")) {
            world.hold(Long.MAX_VALUE / 2);
        }
        if (arguments.contains("-f") || arguments.contains("/dev/zero")) {
            throw new Forever();
        }
        return 0;
    }

    private int dd(List<String> arguments) {
        long block = 512;
        for (String argument : arguments) {
            if (argument.startsWith("bs=")) {
                String size = argument.substring(3);
                block = Quantity.units(size.matches("[0-9]+[kKMG]") ? size.replace("k", "K") + "i" : size);
            }
        }
        world.hold(block);
        world.release(block);
        world.print("1+0 records in\n1+0 records out");
        return 0;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) & 0xff : 2;
    }
}
