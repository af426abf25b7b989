package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.speechemotion.model.Adversary;
import org.speechemotion.train.AdversarySettings.Target;

class AdversarySettingsTest {
    private static final List<Example> CLIPS =
            List.of(example("ravdess:02"), example("emodb:03"), example("ravdess:01"), example("ravdess:02"));

    @Test
    void theDefaultIsNone() {
        AdversarySettings settings = Trainings.of().adversary();
        assertThat(settings.target()).isEqualTo(Target.NONE);
        assertThat(settings.adversary(CLIPS)).isEmpty();
        assertThat(settings.targets(CLIPS).of(CLIPS)).isEmpty();
    }

    @Test
    void theClassesAreTheCorporaOrTheSpeakersOfTheTrainingClips() {
        AdversarySettings corpora = Trainings.of("adversary.target=corpus").adversary();
        assertThat(corpora.targets(CLIPS).classes()).containsExactly("emodb", "ravdess");
        assertThat(corpora.adversary(CLIPS)).contains(new Adversary(2, 0.3));
        AdversarySettings speakers =
                Trainings.of("adversary.target=speaker", "adversary.weight=0.5").adversary();
        assertThat(speakers.targets(CLIPS).classes()).containsExactly("emodb:03", "ravdess:01", "ravdess:02");
        assertThat(speakers.adversary(CLIPS)).contains(new Adversary(3, 0.5));
        assertThat(speakers.targets(CLIPS).of(CLIPS).get(0).toFloatMatrix())
                .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    }

    @Test
    void oneClassIsAnErrorThatNamesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Trainings.of("adversary.target=corpus").adversary().targets(CLIPS.subList(2, 4)))
                .withMessage(
                        "training.adversary.target is corpus, but the training clips are of one corpus only, [ravdess];"
                                + " allowed: two or more of them, or training.adversary.target=none");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Trainings.of("adversary.target=speaker").adversary().adversary(CLIPS.subList(0, 1)))
                .withMessageStartingWith(
                        "training.adversary.target is speaker, but the training clips are of one speaker"
                                + " only, [ravdess:02]");
    }

    @Test
    void otherSpeakersAreRefused() {
        AdversaryTargets targets =
                Trainings.of("adversary.target=speaker").adversary().targets(CLIPS.subList(0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.of(CLIPS))
                .withMessage("a.wav is of the speaker ravdess:01; allowed: [emodb:03, ravdess:02]");
    }

    @Test
    void aTrainingOnOneOfSeveralCorporaHasNoOtherCorpus() {
        AdversarySettings corpora = Trainings.of("adversary.target=corpus").adversary();
        AdversarySettings speakers = Trainings.of("adversary.target=speaker").adversary();
        assertThat(corpora.within(Set.of("ravdess")).target()).isEqualTo(Target.NONE);
        assertThat(corpora.within(Set.of("ravdess", "emodb"))).isEqualTo(corpora);
        assertThat(speakers.within(Set.of("ravdess"))).isEqualTo(speakers);
    }

    @Test
    void theEpochsAfterTheCalibrationHaveIt() {
        TrainingSettings settings = Trainings.of("adversary.target=speaker");
        assertThat(settings.afterCalibration(3).adversary()).isEqualTo(settings.adversary());
        assertThat(settings.withWorkers(3).adversary()).isEqualTo(settings.adversary());
        AdversarySettings other = new AdversarySettings(Target.NONE, 1);
        assertThat(settings.withWorkers(3).with(other).adversary()).isEqualTo(other);
        assertThat(settings.withWorkers(3).with(other).workers()).isEqualTo(3);
    }

    private static Example example(String speaker) {
        return ExampleBuilder.clip("a.wav").speaker(speaker).build();
    }
}
