package io.k8sincident.cli.output;

import java.util.ArrayList;
import java.util.List;

/** One line in pieces that have a style each. The pieces are escaped when it is rendered. Immutable. */
public final class Text {
    private record Piece(String content, Style style) {}

    private final List<Piece> pieces;

    private Text(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    public static Text of(String content) {
        return of(content, Style.PLAIN);
    }

    public static Text of(String content, Style style) {
        return new Text(List.of(new Piece(Escape.line(content), style)));
    }

    public Text and(String content) {
        return and(Text.of(content));
    }

    public Text and(String content, Style style) {
        return and(Text.of(content, style));
    }

    public Text and(Text more) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(more.pieces);
        return new Text(all);
    }

    /** How many columns it takes, wide characters counted as one. */
    public int width() {
        return pieces.stream()
                .mapToInt(piece -> piece.content.codePointCount(0, piece.content.length()))
                .sum();
    }

    /** Filled with blanks up to a width. */
    public Text padded(int width) {
        int blanks = width - width();
        return blanks > 0 ? and(" ".repeat(blanks)) : this;
    }

    public String render(boolean coloured) {
        StringBuilder line = new StringBuilder();
        pieces.forEach(piece -> line.append(coloured ? piece.style.paint(piece.content) : piece.content));
        return line.toString();
    }

    /** Without colours. */
    @Override
    public String toString() {
        return render(false);
    }
}
