package io.k8sincident.scenarios.shell;

import io.k8sincident.scenarios.shell.Timeline.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a command does. One interpreter for one run; not thread-safe. */
public final class Interpreter {
    private static final int MOST_STEPS = 5_000;

    /** The process ends. */
    static final class Exit extends RuntimeException {
        private final int code;
        private final boolean outOfMemory;

        Exit(int code, boolean outOfMemory) {
            super("exit " + code, null, false, false);
            this.code = code;
            this.outOfMemory = outOfMemory;
        }
    }

    /** The process goes on for ever. */
    static final class Forever extends RuntimeException {
        Forever() {
            super("for ever", null, false, false);
        }
    }

    private final World world;
    private final Applets applets;
    private int steps;

    private Interpreter(World world) {
        this.world = world;
        this.applets = new Applets(world, this::script);
    }

    /**
     * The timeline of a container.
     *
     * @param argv the program, by a name or path that the image has, and its arguments
     * @param environment its variables
     * @param programs names of programs that the image has besides the shell's own
     * @param memoryLimit bytes, or 0 for none
     */
    public static Timeline run(
            List<String> argv, Map<String, String> environment, Map<String, String> programs, long memoryLimit) {
        World world = new World(environment, programs, memoryLimit);
        Interpreter interpreter = new Interpreter(world);
        Optional<End> end;
        try {
            int code = interpreter.applets.run(argv);
            end = Optional.of(new End(world.now(), code, false));
        } catch (Exit e) {
            end = Optional.of(new End(world.now(), e.code, e.outOfMemory));
        } catch (Forever e) {
            end = Optional.empty();
        }
        return world.timeline(end);
    }

    /** Runs a script with its arguments; returns its exit status. */
    private int script(String text, List<String> arguments) {
        List<String> before = world.arguments();
        Node node;
        try {
            node = Parser.parse(text);
        } catch (IllegalArgumentException e) {
            world.print("sh: " + e.getMessage());
            throw new Exit(2, false);
        }
        world.setArguments(arguments);
        int status = run(node);
        world.setArguments(before);
        return status;
    }

    private int run(Node node) {
        if (++steps > MOST_STEPS) {
            throw new Forever(); // what a loop does after thousands of rounds is of no interest
        }
        int status = step(node);
        world.setStatus(status);
        return status;
    }

    private int step(Node node) {
        if (node instanceof Node.Simple simple) {
            return simple(simple);
        }
        if (node instanceof Node.Sequence sequence) {
            int status = 0;
            for (Node child : sequence.nodes()) {
                status = run(child);
                if (status != 0 && world.exitsOnError() && child instanceof Node.Simple) {
                    throw new Exit(status, false);
                }
            }
            return status;
        }
        if (node instanceof Node.AndOr pair) {
            int status = run(pair.first());
            return (status == 0) == pair.and() ? run(pair.second()) : status;
        }
        if (node instanceof Node.Not not) {
            return run(not.node()) == 0 ? 1 : 0;
        }
        if (node instanceof Node.If conditional) {
            return conditional(conditional);
        }
        if (node instanceof Node.While loop) {
            return loop(loop);
        }
        if (node instanceof Node.For each) {
            return each(each);
        }
        return background(((Node.Background) node).node());
    }

    private int conditional(Node.If node) {
        for (int i = 0; i < node.conditions().size(); i++) {
            if (run(node.conditions().get(i)) == 0) {
                return run(node.branches().get(i));
            }
        }
        return 0;
    }

    private int loop(Node.While loop) {
        int status = 0;
        while ((run(loop.condition()) == 0) != loop.until()) {
            status = run(loop.body());
        }
        return status;
    }

    private int each(Node.For each) {
        int status = 0;
        for (String value : world.words().expand(each.words())) {
            world.assign(each.variable(), value);
            status = run(each.body());
        }
        return status;
    }

    /** What a background job does, it does from now on; the time of what follows does not wait for it. */
    private int background(Node node) {
        double start = world.now();
        try {
            run(node);
        } catch (Exit e) {
            if (e.outOfMemory) {
                throw e;
            }
        } catch (Forever e) {
            world.backgroundRunsForever();
        }
        world.setNow(start);
        return 0;
    }

    private int simple(Node.Simple command) {
        List<String> words = new ArrayList<>(world.words().expand(command.words()));
        while (!words.isEmpty() && words.get(0).matches("[A-Za-z_][A-Za-z0-9_]*=(?s:.*)")) {
            String[] sides = words.remove(0).split("=", 2);
            world.assign(sides[0], sides[1]);
        }
        Optional<String> output = Optional.empty();
        boolean append = false;
        for (int i = 0; i + 1 < command.redirections().size(); i += 2) {
            if (command.redirections().get(i).startsWith(">")) {
                output = Optional.of(world.words().expand(command.redirections().get(i + 1)));
                append = command.redirections().get(i).equals(">>");
            }
        }
        if (output.isEmpty()) {
            return words.isEmpty() ? 0 : applets.run(words);
        }
        world.redirect();
        try {
            return words.isEmpty() ? 0 : applets.run(words);
        } finally {
            world.writeRedirected(output.get(), append);
        }
    }
}
