package io.k8sincident.scenarios.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the part of the shell language that container commands are usually written in. */
final class Parser {
    private static final Set<String> ENDS = Set.of(")", "}", "then", "else", "elif", "fi", "do", "done", "");
    private static final Node NOTHING = new Node.Simple(List.of(":"), List.of());

    private final List<String> tokens;
    private int at;

    private Parser(List<String> tokens) {
        this.tokens = tokens;
    }

    /** The script as a tree; {@link IllegalArgumentException} where it is not understood. */
    static Node parse(String script) {
        Parser parser = new Parser(Lexer.tokens(script));
        Node node = parser.list();
        if (parser.at < parser.tokens.size()) {
            throw new IllegalArgumentException("syntax error: unexpected \"" + parser.peek() + "\"");
        }
        return node;
    }

    private Node list() {
        List<Node> nodes = new ArrayList<>();
        skipSeparators();
        while (!ENDS.contains(peek())) {
            Node node = andOr();
            if (peek().equals("&")) {
                node = new Node.Background(node);
                at++;
            }
            nodes.add(node);
            skipSeparators();
        }
        return new Node.Sequence(nodes);
    }

    private Node andOr() {
        Node node = pipeline();
        while (peek().equals("&&") || peek().equals("||")) {
            boolean and = next().equals("&&");
            skipNewlines();
            node = new Node.AndOr(node, and, pipeline());
        }
        return node;
    }

    private Node pipeline() {
        boolean negated = peek().equals("!");
        if (negated) {
            at++;
        }
        Node node = command();
        if (peek().equals("|")) {
            throw new IllegalArgumentException("pipes are not understood");
        }
        return negated ? new Node.Not(node) : node;
    }

    private Node command() {
        return switch (peek()) {
            case "(" -> enclosed(")");
            case "{" -> enclosed("}");
            case "if" -> conditional();
            case "while", "until" -> loop();
            case "for" -> each();
            default -> simple();
        };
    }

    private Node enclosed(String end) {
        at++;
        Node node = list();
        expect(end);
        return node;
    }

    private Node conditional() {
        List<Node> conditions = new ArrayList<>();
        List<Node> branches = new ArrayList<>();
        do {
            at++;
            conditions.add(list());
            expect("then");
            branches.add(list());
        } while (peek().equals("elif"));
        if (peek().equals("else")) {
            at++;
            conditions.add(NOTHING);
            branches.add(list());
        }
        expect("fi");
        return new Node.If(conditions, branches);
    }

    private Node loop() {
        boolean until = next().equals("until");
        Node condition = list();
        expect("do");
        Node body = list();
        expect("done");
        return new Node.While(condition, until, body);
    }

    private Node each() {
        at++;
        String variable = next();
        List<String> words = new ArrayList<>();
        if (peek().equals("in")) {
            at++;
            while (!Lexer.isOperator(peek()) && !peek().isEmpty()) {
                words.add(next());
            }
        } else {
            words.add("\"$@\"");
        }
        skipSeparators();
        expect("do");
        Node body = list();
        expect("done");
        return new Node.For(variable, words, body);
    }

    private Node simple() {
        List<String> words = new ArrayList<>();
        List<String> redirections = new ArrayList<>();
        while (true) {
            String token = peek();
            if (token.endsWith(">&2") || token.equals("2>&1")) {
                at++;
            } else if (token.equals(">") || token.equals(">>") || token.startsWith("2>") || token.equals("<")) {
                redirections.add(next());
                redirections.add(next());
            } else if (token.isEmpty() || Lexer.isOperator(token)) {
                break;
            } else {
                words.add(next());
            }
        }
        if (words.isEmpty() && redirections.isEmpty()) {
            throw new IllegalArgumentException("syntax error: unexpected \"" + peek() + "\"");
        }
        return new Node.Simple(words, redirections);
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at >= tokens.size()) {
            throw new IllegalArgumentException("syntax error: unexpected end of file");
        }
        return tokens.get(at++);
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw new IllegalArgumentException(
                    "syntax error: unexpected \"" + peek() + "\" (expecting \"" + token + "\")");
        }
        at++;
    }

    private void skipSeparators() {
        while (peek().equals(";") || peek().equals("\n")) {
            at++;
        }
    }

    private void skipNewlines() {
        while (peek().equals("\n")) {
            at++;
        }
    }
}
