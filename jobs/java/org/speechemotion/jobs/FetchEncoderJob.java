package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.hub.EncoderFetch;
import org.speechemotion.hub.FetchSettings;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.weights.WeightsException;

/** Downloads an encoder and opens it. */
@AutoService(Job.class)
public final class FetchEncoderJob extends Job {
    /** The system property by which scripts/emotion tells whether the standard error is a terminal. */
    private static final String TERMINAL = "emotion.terminal";

    @Override
    public String name() {
        return "fetch-encoder";
    }

    @Override
    String purpose() {
        return "downloads the folder of an encoder from a model hub";
    }

    @Override
    Collection<String> keys() {
        return List.of("fetch");
    }

    /** Only the full compiler has the fast digests and ciphers. */
    @Override
    Launcher launcher() {
        return Launcher.JAVA;
    }

    @Override
    String operandNames() {
        return "OWNER/NAME FOLDER";
    }

    @Override
    int run(Settings settings) throws Exception {
        onInterruption("the same command continues");
        if (operands().size() != 2) {
            throw new SettingsException("a repository and a folder must be given, such as"
                    + " facebook/hubert-base-ls960 encoders/hubert-base, not " + operands());
        }
        String repository = operands().get(0);
        Path folder = Path.of(operands().get(1));
        FetchSettings fetch = settings.bind("fetch", FetchSettings.class);
        Optional<String> token = Optional.ofNullable(System.getenv("HF_TOKEN")).filter(text -> !text.isEmpty());
        FetchProgress progress = new FetchProgress(System.err, Boolean.getBoolean(TERMINAL), System::nanoTime);
        Optional<String> commit = new EncoderFetch(fetch, token).fetch(repository, folder, progress);
        say(repository + " is in " + folder
                + commit.map(id -> ", of commit " + id).orElse(""));
        EncoderFolder.open(folder).close();
        say("encoder.path=" + folder);
        if (isRecognizer(folder)) {
            say("asr.path=" + folder);
        }
        return DONE;
    }

    private static boolean isRecognizer(Path folder) {
        try {
            CtcModel.open(RecognizerSettings.at(folder.toString()));
            return true;
        } catch (WeightsException encoderAlone) {
            return false;
        }
    }
}
