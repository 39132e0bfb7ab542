package io.k8sincident.activities.advice;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a model wrote, in the shape of {@link AnswerSchema}; nothing of it is believed yet. */
record Answer(
        @JsonProperty(required = true) List<Said> claims,
        @JsonProperty(required = true) Said summary,
        @JsonProperty(required = true) String cause,
        @JsonProperty(required = true) List<String> ranking,
        @Nullable List<Guess> hypotheses,
        @JsonProperty(required = true) String verdict) {
    Answer {
        claims = List.copyOf(claims);
        Objects.requireNonNull(summary);
        Objects.requireNonNull(cause);
        ranking = List.copyOf(ranking);
        hypotheses = hypotheses == null ? List.of() : List.copyOf(hypotheses);
        if (!verdict.equals(AnswerSchema.ADVICE) && !verdict.equals(AnswerSchema.ABSTAIN)) {
            throw new IllegalArgumentException("an unknown verdict");
        }
    }

    List<Guess> guesses() {
        return hypotheses == null ? List.of() : hypotheses;
    }

    /** One sentence and what it rests on. */
    record Said(
            @JsonProperty(required = true) String text,
            @JsonProperty(required = true) String observation,
            @JsonProperty(required = true) String quote) {
        Said {
            Objects.requireNonNull(text);
            Objects.requireNonNull(observation);
            Objects.requireNonNull(quote);
        }
    }

    /** A cause that it might be. */
    record Guess(
            @JsonProperty(required = true) String cause,
            @JsonProperty(required = true) String text,
            @JsonProperty(required = true) String observation,
            @JsonProperty(required = true) String quote) {
        Guess {
            Objects.requireNonNull(cause);
        }

        Said said() {
            return new Said(text, observation, quote);
        }
    }
}
